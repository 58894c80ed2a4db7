# 결과가 왜 비었는지와 고치는 방법.

mend-add = { $what } 넣기
mend-write = { $what }(으)로 쓰기
mend-remove = { $what } 빼기
doctor-nearest = 혹시 이것인가요:
doctor-mend = 이렇게 바꾸어 볼 수 있습니다:
doctor-no-such-name = { $name }(이)라는 메트릭이 없습니다.
doctor-no-such-label = 앞의 조건까지 시리즈 { $left }개가 남는데, { $matcher }의 라벨을 지닌 것이 없습니다.
doctor-no-such-value = { $matcher } 조건에서 마지막 시리즈가 사라집니다. 앞의 조건까지는 { $left }개가 남습니다.
doctor-too-old = 시리즈 { $series }개가 있지만 가장 새로운 샘플이 { $ago } 전({ $last })의 것입니다. { $reach }까지만 되돌아봅니다.
doctor-stale = 시리즈 { $series }개가 끝났습니다. { $since }부터 아무도 노출하지 않는다고 스테일 마커가 알려 줍니다.
doctor-not-yet = 시리즈 { $series }개가 있지만 { $first }에야 시작합니다.
doctor-shifted = offset이나 @ 때문에 { $at }을(를) 보는데 거기에는 아무것도 없습니다. 쿼리 시각에는 시리즈 { $now }개에 샘플이 있습니다.
doctor-too-few-samples = { $function }에는 구간 안에 샘플이 { $needed }개 필요한데, { $window } 안에는 { $most }개뿐입니다. 구간을 넓히세요. 스크레이프 간격의 네 배쯤이 좋습니다.
doctor-no-partner = 양쪽에 원소가 있지만, 같아야 할 라벨이 모두 같은 짝이 없습니다. 왼쪽: { $left }. 오른쪽: { $right }. 걸리는 라벨: { $labels }. 양쪽에 다 있는 라벨로 on (…)을 쓰거나 ignoring (…)을 써 보세요.
doctor-filtered-out = 원소 { $seen }개가 모두 { $operator } 비교에서 걸러집니다. 값은 { $least }에서 { $greatest } 사이입니다.
doctor-all-taken = 원소 { $seen }개 모두 오른쪽에 짝이 있어서 unless가 전부 없앱니다.
doctor-no-buckets = 원소 { $seen }개에 버킷이 없습니다. 히스토그램 시리즈는 이름이 _bucket으로 끝나고 le 라벨을 지닙니다. 집계가 le를 없애지는 않았나요?
doctor-present = 원소 { $seen }개가 있습니다. 그래서 absent의 결과가 비어 있는 것이 맞습니다.
doctor-keeps-nothing = { $operation }은(는) 원소 { $seen }개 가운데 아무것도 남기지 않습니다.
