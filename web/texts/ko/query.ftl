# 쿼리 페이지.

panel = 쿼리 패널 { $letter }
panel-add = 패널
panel-name = 패널 이름
panel-name-of = 패널 { $letter }의 이름
panel-actions = 패널 { $letter }의 동작
panel-duplicate = 패널 { $letter } 복제
panel-remove = 패널 { $letter } 삭제
panel-removed = 패널 { $name }을(를) 삭제했습니다.
panel-handle = 패널 { $letter } 옮기기
panel-handle-hint = 끌어서 옮기거나 위아래 화살표 키를 누르세요
panel-moved = 패널 { $letter }이(가) { $count }개 중 { $place }번째가 되었습니다.
history = 기록
history-hint = 이 랩에서 실행한 식입니다. 편집기에서는 글 맨 앞에서 위 화살표를 눌러도 됩니다.
history-empty = 이 랩에서 아직 아무것도 실행하지 않았습니다.
query-new = 식을 쓰고 실행을 누르세요. up 같은 메트릭 이름부터 써 보세요.
expression = PromQL 식
run = 실행
query-cancel = 취소
query-cancelled = 쿼리를 취소했습니다. 원할 때 다시 실행하세요.
query-runs = 쿼리를 계산하는 중입니다
query-waits = 첫 결과를 기다리는 중입니다 …
result = 결과
result-views = 결과 보기
tab-table = 표
tab-graph = 그래프
live = 실시간
range = 범위
end = 끝
step-label = 간격
step-automatic = 자동 ({ $step })
automatic = 자동
store = 데이터
store-pulled = 풀(pull)
store-pushed = 푸시(push)
store-truth = 참값
store-before = 이전
with-truth = 참값
truth-hint = 이상적인 관찰자가 본 실제 값을 아래에 함께 그립니다
edited = 편집 중: 마지막 실행 결과를 보고 있습니다
series-count = 시리즈 { $count }개
step-count = 스텝 { $count }개
nothing-to-draw = 그릴 수 있는 값이 없습니다
nothing-to-draw-text = 결과는 있지만 값이 모두 { $values }입니다. 표에서는 볼 수 있습니다. 0으로 나누는 식에서 자주 생깁니다.
explain-picked = 어떻게 만들어졌는지 보기
end-unreadable = 시각으로 읽을 수 없습니다. 2026-03-02 09:15:00이나 09:15처럼 쓰세요.
empty-result = 빈 결과
empty-result-text = 이 시점에 일치하는 시리즈가 없습니다. 메트릭 이름과 매처가 맞는지 확인하세요. 아무도 노출하지 않는 이름은 오류 없이 빈 결과가 됩니다.
column-difference = 풀 − 참값
legend-last = 마지막 값
legend-at = { $time } 시점
lines-of = 시리즈 { $all }개 중 { $shown }개를 표시합니다.
axis-without-zero = 축이 0에서 시작하지 않습니다
chart-empty = 값이 없는 그래프입니다.
chart-sentence = { $from }부터 { $to }까지 시리즈 { $count }개의 그래프. 값은 { $least }에서 { $greatest } 사이, { $gaps ->
    [0] 공백 없음
   *[other] 공백 { $gaps }곳
}. 화살표 키로 커서를 움직입니다.

import-open = 데이터 추가
import-done = 시리즈 { $series }개의 샘플 { $samples }개를 읽었습니다.
drop-here = 메트릭 페이지나 OpenMetrics 덤프를 여기에 놓으세요

tab-explain = 풀이
pin = 보드에 고정
