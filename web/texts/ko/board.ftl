# 보드 페이지와 패널 만들기.

board-range = 최근
board-pace = 새로 고침
board-every = { $length }마다
board-by-hand = 직접
board-refresh-now = 지금 새로 고침
board-window = { $from } – { $to } · 현재로 돌아가기
board-export = 파일로 저장
board-import = 파일 열기
board-add = 패널 추가
board-refused = 보드를 바꾸지 못했습니다

board-empty = 아직 패널이 없습니다
board-empty-text = 아래에서 하나를 골라 시작하거나 직접 만들어 보세요. 쿼리를 쓰고 단위와 제목을 정하면 됩니다. 쿼리 페이지에서 실행한 쿼리도 고정해 두고 계속 지켜볼 수 있습니다.
board-empty-add = 패널 만들기

board-untitled = 제목 없음
board-panel = 패널: { $title }
board-keys = 방향키로 패널을 옮기고, Shift와 방향키로 크기를 바꿉니다.
board-moved = { $column }열 { $row }행, 너비 { $columns }열, 높이 { $rows }행
board-no-way = 그쪽에는 자리가 없습니다
board-menu = { $title } 메뉴
board-edit = 편집
board-duplicate = 복제
board-earlier = 앞으로 옮기기
board-later = 뒤로 옮기기
board-remove = 삭제
board-series = 시리즈
board-no-data = 이 시간에는 데이터가 없습니다
board-no-query = 아직 쿼리가 없는 패널입니다. 편집을 눌러 쿼리를 써 보세요

board-import-title = 보드 열기
board-import-text = 여기서 저장한 파일이나 클래식 Grafana 대시보드의 JSON을 엽니다.
board-import-replaces = 지금 보드를 대신합니다. 실행 취소를 누르면 되돌아옵니다.
board-import-choose = 파일 선택
board-import-paste = 또는 JSON 붙여넣기
board-import-read = 열기
board-import-refused = 열 수 있는 보드가 아닙니다. 지금 보드는 그대로입니다.
board-import-done = 보드를 열었습니다
board-import-remarks = 보드를 열었습니다. 일부는 여기서 효과가 없습니다

pin-done = 보드에 고정했습니다
pin-look = 보드 열기
pin-refused = 고정하지 못했습니다

panel-timeseries = 시간 그래프
panel-stat = 숫자
panel-gauge = 게이지
panel-bargauge = 막대
panel-heatmap = 히트맵
panel-table = 표

build-new = 새 패널
build-change = 패널 편집
build-type = 종류
build-title = 제목
build-unit = 단위
build-decimals = 소수 자릿수
build-min = 축 최솟값
build-max = 축 최댓값
build-draw = 그리는 방식
build-draw-line = 선
build-draw-bars = 막대
build-stacking = 쌓기
build-stacking-none = 안 함
build-stacking-normal = 위로
build-stacking-percent = 비율로
build-thresholds = 임계값
build-base = 첫 임계값 아래
build-from = 시작 값
build-means = 의미
build-tone-good = 좋음
build-tone-warning = 살펴볼 것
build-tone-bad = 나쁨
build-tone-plain = 판단 없음
build-threshold-add = 임계값 추가
build-threshold-remove = 임계값 삭제
build-not-a-number = 숫자가 아닙니다
build-query = 쿼리 { $name }
build-query-add = 쿼리 추가
build-query-remove = 쿼리 { $name } 삭제
build-legend = 범례
build-legend-hint = 예: 코드 {"{{"}code{"}}"}
build-instant = 최신 값만
build-add = 보드에 올리기
build-save = 저장
build-leaving = 바꾼 내용이 아직 보드에 없습니다.
build-discard = 바꾼 내용 버리기
build-stay = 계속 편집
cancel = 취소

problem-board-unreadable = 이 자리의 글이 JSON이 아니거나 필드에 맞지 않는 값이 있습니다.
problem-no-board = 보드는 패널 목록이 있는 JSON 객체입니다.
problem-board-too-new = 대시보드를 클래식 형식으로 내보낸 뒤 다시 열어 보세요.
problem-query-name-refused = 패널의 쿼리에는 글자와 숫자로 된 짧은 이름이 있어야 합니다.
problem-thresholds-refused = 임계값을 작은 값부터 차례로 놓으세요.
problem-axis-refused = 축의 최솟값은 최댓값보다 작아야 합니다.
