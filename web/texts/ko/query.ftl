# 쿼리 페이지.

panel = 쿼리 패널
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
store-pulled = 당김
store-pushed = 밀어넣음
store-truth = 참값
store-before = 이전
with-truth = 참값
truth-hint = 이상적인 관찰자가 본 실제 값을 아래에 함께 그립니다
edited = 편집 중: 마지막 실행 결과를 보고 있습니다
series-count = 시리즈 { $count }개
type-scalar = 스칼라
type-string = 문자열
result-caption = { $at } 시점의 시리즈 { $count }개
empty-result = 빈 결과
empty-result-text = 이 시점에 일치하는 시리즈가 없습니다. 메트릭 이름과 매처가 맞는지 확인하세요. 아무도 노출하지 않는 이름은 오류 없이 빈 결과가 됩니다.
column-difference = 당김 − 참값
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
import-title = 내 메트릭에 쿼리하기
import-text = /metrics 페이지나 타임스탬프가 있는 OpenMetrics 덤프를 끌어 놓거나, 고르거나, 붙여 넣으세요. 이 탭 안에서만 읽고 밖으로 보내지 않습니다.
import-choose = 파일 고르기
import-paste = 또는 텍스트 붙여 넣기
import-name = 이름
import-read = 읽기
import-reading = 읽는 중 …
import-refused = “{ $name }”을(를) 읽지 못했습니다. 있던 데이터는 그대로입니다.
import-done = 시리즈 { $series }개의 샘플 { $samples }개를 읽었습니다.
drop-here = 메트릭 페이지나 OpenMetrics 덤프를 여기에 놓으세요
