# 오류 코드마다 쉬운 말 한 문장. 오류 원문은 언제나 그 시스템의 말 그대로 보여 줍니다.

problems-more = … 그 밖에 { $count }개 더 있습니다

problem-worker-died = 이 요청 때문에 랩이 멈춰서 되풀이하지 않았습니다. 나머지는 모두 복원했습니다.
problem-no-expression = 메트릭 이름 같은 식을 입력하세요.
problem-unexpected-token = 여기에 무언가 빠졌거나 남습니다. 대개 괄호, 쉼표, 연산자입니다.
problem-bad-token = PromQL에 없는 글자입니다. 대개 닫지 않은 따옴표이거나 다른 언어의 글자입니다.
problem-bad-duration = 기간은 30s, 5m, 1h30m처럼 숫자와 단위로 씁니다.
problem-bad-regex = 정규식을 읽을 수 없습니다. PromQL은 RE2를 쓰고 양 끝을 고정합니다.
problem-unknown-function = 이런 이름의 함수는 없습니다. sum 같은 집계는 by (…)로 라벨을 받습니다.
problem-experimental-function = Prometheus에서 실험 기능 플래그를 켜야 쓸 수 있는 함수입니다.
problem-type = 여기에는 다른 타입이 필요합니다. rate 같은 함수는 셀렉터 뒤에 [1m] 같은 구간을 받고, 다른 함수는 받지 않습니다.
problem-argument-count = 함수가 받는 인자 개수가 다릅니다.
problem-aggregate-arguments = 집계가 받는 인자 개수가 다릅니다.
problem-operand-type = 양쪽 모두 인스턴트 벡터나 숫자여야 합니다. 구간은 rate 같은 함수 안에 씁니다.
problem-unary-type = 부호는 숫자와 인스턴트 벡터 앞에만 쓸 수 있습니다.
problem-scalar-comparison = 숫자끼리는 거를 것이 없습니다. 연산자 뒤에 bool을 쓰세요.
problem-empty-selector = 빈 텍스트를 제외하는 매처가 하나는 있어야 합니다. 없으면 모든 시리즈를 뜻하게 됩니다.
problem-range-on-expression = 구간은 셀렉터에 붙습니다. 식에는 [5m:10s] 같은 서브쿼리를 쓰세요.
problem-modifier-before-range = offset과 @는 구간 뒤에 씁니다: up[5m] offset 1h.
problem-too-many-samples = 쿼리 하나가 볼 수 있는 샘플 수를 넘었습니다. 셀렉터나 범위를 좁히세요.
problem-too-many-steps = 범위 쿼리는 시리즈마다 11,000점까지 줍니다. 간격을 넓히세요.
problem-timeout = 쿼리 하나에 허용된 시간을 넘었습니다.
problem-wrong-type-for-range = 그래프에는 스텝마다 값 하나가 필요합니다. 구간은 rate 같은 함수 안에 쓰세요.
problem-many-to-one = 한쪽의 여러 시리즈가 다른 쪽의 하나와 맞습니다. 어느 쪽이 여럿인지 group_left나 group_right로 알려 주세요.
problem-duplicate-match = 맞춰 볼 라벨이 같은 시리즈가 여럿입니다. on (…)에 라벨을 더하거나 먼저 집계하세요.
problem-duplicate-labels = 결과에 같은 라벨 집합이 두 번 나오게 됩니다.
problem-no-such-store = 이 데이터는 더 이상 없습니다.
problem-page-unreadable = 이 줄부터는 메트릭 페이지도 OpenMetrics도 아닙니다.
problem-import-too-long = 랩이 담을 수 있는 길이를 넘는 텍스트입니다.
problem-too-many = 랩이 느려지지 않도록 여기에는 한도가 있습니다.
problem-config-refused = 이전 설정이 그대로 적용됩니다.
problem-no-such-container = 방금 삭제되었을 수 있습니다.
problem-not-running = 먼저 컨테이너를 시작하세요.
problem-port-allocated = 호스트 포트 하나는 컨테이너 하나만 쓸 수 있습니다. 컨테이너 포트만 적고 선택을 Docker에 맡기세요.
problem-possible-non-counter = rate 같은 함수는 카운터용입니다. 카운터 이름은 대개 _total, _sum, _count, _bucket으로 끝납니다.
problem-no-such-scenario = 이런 이름의 시나리오는 없습니다.
