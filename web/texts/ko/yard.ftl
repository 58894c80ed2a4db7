# 야드 페이지.

yard-containers-down = 컨테이너 { $count }개 다운
yard-loading = 야드를 불러오는 중 …
yard-empty = 빈 야드
yard-empty-text = 이 랩의 Compose 파일에 서비스가 없습니다.
floor = 야드 바닥. 화살표 키로 서비스와 컨테이너 사이를 옮겨 다니고 +와 -로 규모를 바꿉니다
network = 네트워크 { $name }
visitors = 방문자
traffic = 트래픽
traffic-to = { $service }에 들어오는 초당 방문 요청 수
unit-per-second = /s
send-requests = { $count }번 요청
legend-request = 요청
legend-scrape = 스크레이프
legend-failed = 실패

replicas-of = { $service } 컨테이너 수
scale-down = { $service } 하나 줄이기
scale-up = { $service } 하나 늘리기
no-containers = 컨테이너 없음
requests-per-second = req/s
failing-percent = 실패 { $percent } %
remark-refused = { $all }개 중 { $count }개 시작 못 함
remark-restarting = { $all }개 중 { $count }개 재시작 중
remark-ended = { $all }개 중 { $count }개 종료됨
remark-paused = { $all }개 중 { $count }개 일시정지
engine-runs = 실행 { $running } · 중지 { $stopped }
up = 업
pulls = 수집
samples-per-second = 초당 { $rate } 샘플
per-second = { $rate }/s

tile-label = { $name }: { $state }
tile-label-restarts = { $name }: { $state }, { $count }번 재시작됨
tile-cpu = CPU
tile-memory = 메모리
no-address = 주소 없음
state-created = 생성됨
state-starting = 시작 중
state-restarting = 재시작 중
state-running = 실행 중
state-paused = 일시정지됨
state-stopping = 중지 중
state-exited = 종료됨 ({ $code })

refused-scale = 서비스 규모를 바꾸지 못했습니다.
refused-traffic = 트래픽을 바꾸지 못했습니다.
traffic-no-number = 숫자가 아닙니다.
refused-send = 요청을 보내지 못했습니다.
