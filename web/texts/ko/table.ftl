# 쿼리 페이지의 표.

filter-rows = 행 걸러 보기
rows-kept = { $all }행 중 { $kept }행
no-row-kept = 이 낱말이 모두 들어 있는 행이 없습니다.
copy = 복사
copied = 복사했습니다
copy-failed = 브라우저가 거부했습니다
other-labels = 다른 라벨 { $count }개
samples-before = 앞선 샘플 { $count }개
histogram-line = 히스토그램 · 개수 { $count } · 합 { $sum }
histogram-buckets = 버킷과 그 안의 관측 수
result-caption = { $at } 시점의 시리즈 { $count }개
