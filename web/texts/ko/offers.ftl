# 커서 자리에 쓸 수 있는 것.

offers = 여기에 쓸 수 있는 것
offer-metric = 메트릭
offer-function = 함수
offer-aggregation = 집계
offer-label = 라벨
offer-value = 값
offer-duration = 기간
offer-keyword = 키워드
offer-pattern = 틀
