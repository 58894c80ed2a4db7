# 타겟 페이지.

targets-views = 보기
tab-health = 상태
configuration = 설정
filter = 표시
filter-all = 전체 { $count }
filter-up = 업 { $count }
filter-down = 다운 { $count }
job-up = { $all }개 중 { $up }개 업
every = { $interval }마다
column-state = 상태
column-endpoint = 엔드포인트
column-labels = 라벨
column-history = 최근 스크레이프 20회
column-age = 마지막
column-took = 소요
column-samples = 샘플
never = 아직 없음
target-open = 자세히
target-close = 접기
history-label = 최근 스크레이프 { $count }회, 실패 { $failed }회
next-scrape-in = { $time } 뒤에 다시 시도합니다.
fact-interval = 간격
fact-timeout = 타임아웃
fact-next = 다음 스크레이프까지
discovered-labels = 리레이블링 전 라벨
job-without-targets = 이 job에는 타겟이 없습니다. DNS 디스커버리라면 지금 그 이름에 주소가 없다는 뜻입니다.
job-dropped = 리레이블링이 타겟 { $count }개를 버렸습니다.
no-targets = 스크레이프하는 타겟이 없습니다
no-such-targets = 이 상태인 타겟이 없습니다
no-targets-text = 타겟은 설정의 scrape_configs에서 나옵니다.

cause-refused = 호스트는 응답하지만 이 포트에서 듣는 프로세스가 없습니다. 프로세스가 죽었거나, 아직 시작 중이거나, 다른 포트를 씁니다.
cause-no-such-host = DNS에 이 이름의 주소가 없습니다. 실행 중인 컨테이너가 없거나 이름이 틀렸습니다.
cause-no-route = 이 주소를 쓰는 컨테이너가 더는 없습니다. 삭제되었거나 중지되었습니다.
cause-deadline = 스크레이프 타임아웃 안에 응답이 끝나지 않았습니다. 프로세스가 멈췄거나, 일시정지되었거나, 과부하 상태입니다.
cause-reset = 응답이 끝나기 전에 연결이 끊겼습니다. 응답하던 프로세스가 종료되었습니다.
cause-status = 타겟이 메트릭 페이지 대신 오류 상태로 응답합니다. 경로가 맞는지 확인하세요.
cause-content-type = 응답에 형식이 적혀 있지 않습니다. Prometheus 3은 더 이상 추측하지 않습니다.
cause-other = 응답은 왔지만 Prometheus가 읽을 수 있는 메트릭 페이지가 아닙니다.

config-edited = 편집됨
config-revert = 변경 취소
config-reload = 다시 읽기
config-reloaded = 새 설정이 적용되었습니다.
config-label = prometheus.yml 내용
config-hint = 다시 읽기는 먼저 파일 전체를 검사합니다. 거부되면 Prometheus는 이전 설정으로 계속 동작합니다.
