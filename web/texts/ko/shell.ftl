# 위쪽 막대, 페이지 이동, 알림, 여러 페이지에서 함께 쓰는 말.

brand = Scrapeyard
home = Scrapeyard, 야드로 이동
other-language = English
language = 언어
pages = 페이지
more = 더 보기
close = 닫기
yard = 야드
query = 쿼리
targets = 타겟

virtual-time = 가상 시간
play = 재생
pause = 일시정지
speed = 속도
step = 다음 스크레이프까지
jump = 건너뛰기
jump-cancel = 건너뛰기 멈춤
clock-day = { $day }일째

theme = 테마: { $theme }
theme-system = 시스템
theme-light = 밝게
theme-dark = 어둡게
larger = 크게 보기 (프로젝터용)

no-data = 데이터 없음
column-value = 값

starting = 야드를 여는 중입니다 …
dead-title = 랩을 시작하지 못했습니다
dead-text = 랩은 이 탭 안에서만 실행되며, 밖으로 보낸 것은 없습니다. 페이지를 새로 고치면 다시 시작합니다.
reload-page = 새로 고침
targets-down = 다운된 타겟 { $count }개
board = 보드
learn = 배우기
storage = 저장소
