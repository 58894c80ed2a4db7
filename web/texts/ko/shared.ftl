# 여러 페이지에서 쓰지만 첫 화면에는 나오지 않는 말.

jump-minutes = { $minutes }분
jump-hours = { $hours }시간
theme-label = 테마
age-seconds = { $seconds }초 전
age-minutes = { $minutes }분 전
age-hours = { $hours }시간 전
age-days = { $days }일 전
prometheus-not-running = Prometheus가 실행 중이 아닙니다
done-with-remarks = 실행했지만 다 되지는 않았습니다.
more-rows = { $count }개 더 보기
left-out = 외 { $count }개
worker-restarting = 랩을 다시 시작했습니다. 야드는 복원했고, 멈추게 한 요청은 되풀이하지 않았습니다.
