# 야드 페이지.

yard-containers-down = 컨테이너 { $count }개 다운
network = 네트워크
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
up = 업
pulls = 수집
samples-per-second = 초당 { $rate } 샘플
per-second = { $rate }/s

tile-label = { $name }: { $state }
tile-vitals = { $memory } · CPU { $cores }
no-address = 주소 없음
state-created = 생성됨
state-starting = 시작 중
state-restarting = 재시작 중
state-running = 실행 중
state-paused = 일시정지됨
state-stopping = 중지 중
state-exited = 종료됨 ({ $code })

deed-start = 시작
deed-title-start = 프로세스를 시작합니다
deed-stop = 중지
deed-title-stop = 프로세스에 종료를 요청합니다 (docker stop)
deed-restart = 재시작
deed-title-restart = 멈췄다가 다시 시작합니다. 카운터는 0부터 다시 셉니다
deed-kill = 강제 종료
deed-title-kill = 프로세스를 바로 끝냅니다 (docker kill)
deed-pause = 일시정지
deed-title-pause = 프로세스를 얼립니다. 연결은 되지만 응답하지 않습니다
deed-unpause = 재개
deed-title-unpause = 얼린 프로세스를 다시 움직입니다

fact-state = 상태
fact-address = 주소
fact-id = 컨테이너 ID
fact-started = 시작 시각
fact-restarts = 재시작 횟수
fact-requests = 요청
fact-cpu = CPU 코어
fact-memory = 메모리
metrics-page = 지금 요청하면 받게 될 메트릭 페이지
container-log = 로그의 마지막 부분
start-refused = 그래서 만들어지기만 하고 실행되지 않았습니다.

refused-scale = 서비스 규모를 바꾸지 못했습니다.
refused-traffic = 트래픽을 바꾸지 못했습니다.
traffic-no-number = 숫자가 아닙니다.
refused-send = 요청을 보내지 못했습니다.
refused-container = 컨테이너에 그 작업을 할 수 없습니다.
