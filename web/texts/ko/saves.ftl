# 작업을 지키는 것: 이름 있는 랩, 되돌리기, 링크, 파일, 그리고 저장되지 않을 때 하는 말.

lab-copy-name = { $name } (사본)

undo-done = 취소했습니다: { $line }
undo-nothing = 취소할 것이 없습니다.
redo-done = 다시 실행했습니다: { $line }
redo-nothing = 다시 실행할 것이 없습니다.

strip-elsewhere = 이 랩은 다른 탭에서도 열려 있고, 저장은 그 탭만 합니다. 여기서 한 일은 이 탭에만 남습니다.
strip-full = 브라우저에 빈 공간이 없어 작업이 저장되지 않습니다. 필요 없는 랩을 지우거나 이 랩을 파일로 보관하세요.
strip-forbidden = 이 브라우저는 이 페이지의 저장을 허용하지 않습니다(시크릿 창일 수 있습니다). 탭을 닫으면 작업이 사라지니 파일로 보관하세요.
strip-arrived = 링크로 받은 랩입니다. 내 랩과 따로 저장되며, 내 랩은 그대로 있습니다.
strip-link-broken = 링크에서 랩을 읽지 못했습니다. 링크 일부가 잘렸을 수 있습니다.
strip-update = 새 버전의 Scrapeyard가 준비되었습니다. 랩은 그대로 유지되니 편할 때 바꾸세요.
keep-a-copy = 사본으로 저장
back-to-own = 내 랩으로
take-update = 지금 바꾸기

safe-title = 랩을 열지 않았습니다
safe-crashed = 지난번에 이 랩을 열다가 페이지가 멈췄습니다. 그래서 바로 열지 않았고, 잃은 것은 없습니다.
safe-refused = 이 랩은 이대로 열 수 없습니다. 잃은 것은 없으며, 랩 목록에 그대로 있습니다.
safe-without-last = 마지막 동작을 빼고 일시정지 상태로 열기
safe-again = 그대로 다시 열기
safe-afresh = 새 랩 시작

labs-title = 랩
labs-about = 랩은 이 기기의 이 브라우저에만 저장됩니다.
labs-reading = 불러오는 중 …
labs-empty = 아직 저장된 것이 없습니다. 하는 일은 저절로 저장됩니다.
labs-forbidden = 이 브라우저는 이 페이지의 저장을 허용하지 않습니다. 랩을 파일로 보관하세요.
lab-fresh = 새 랩
lab-clean = 깨끗한 사본
lab-clean-about = 같은 시드로, 한 일 없이 처음부터 시작하는 같은 야드
lab-from-file = 파일 열기
lab-file-refused = 파일을 열지 않았습니다. 지금 랩은 그대로입니다.
lab-open = 열기
lab-open-here = 이 탭에서 열림
lab-facts = { $scenario } · { $now } 시점 · { $saved } 저장
lab-other-version = 다른 버전
lab-rename = { $name } 이름 바꾸기
lab-duplicate = { $name } 복제
lab-take-along = { $name } 파일로 저장
lab-remove = { $name } 삭제
lab-name = 이름
lab-name-done = 바꾸기
lab-removed = “{ $name }” 랩을 삭제했습니다.
lab-put-back = 삭제 취소
lab-not-done-elsewhere = “{ $name }” 랩은 다른 탭에서 열려 있어 그대로 두었습니다. 먼저 그 탭에서 닫으세요.
lab-not-done-full = 브라우저에 빈 공간이 없어 “{ $name }” 랩을 그대로 두었습니다. 필요 없는 랩을 지우세요.
lab-not-done-forbidden = 브라우저가 변경 내용을 저장하지 않아 “{ $name }” 랩을 그대로 두었습니다.

share-title = 이 랩 공유
share-about = 링크를 여는 사람은 지금까지 한 일이 그대로 담긴 자기만의 랩을 받습니다. 랩은 링크 안에 들어 있으며 어디에도 저장되지 않습니다.
share-file-about = 파일에는 양이 많아도 모두 담깁니다.
save-as-file = 파일로 저장
link = 링크
link-copy = 복사
link-copied = 복사됨
link-not-copied = 복사 실패: 직접 선택하세요
link-file = 이 페이지는 파일로 열었으므로 링크는 이 기기에서만 열립니다.
link-qr = 링크의 QR 코드
link-too-long = 링크가 { $letters }자로, 많은 프로그램이 허용하는 길이를 넘습니다. 파일로 공유하세요.
qr-too-long = 링크가 길어서 휴대전화가 읽을 수 있는 QR 코드로 만들 수 없습니다.

problem-other-behaviour = 다른 버전의 Scrapeyard에서 저장한 랩입니다. 같은 명령도 그 버전에서는 다르게 실행되므로, 다른 결과를 보여 주는 대신 재생하지 않습니다. 파일로는 보관할 수 있습니다.
problem-other-scenario = 그 뒤로 시나리오가 바뀌어 같은 명령의 결과가 달라집니다. 그래서 재생하지 않습니다. 파일로는 보관할 수 있습니다.
problem-journal-refused = 저널의 명령 하나를 이 야드에서 실행할 수 없습니다.
problem-opening-kills = 여는 동안 워커가 두 번 멈췄습니다.
problem-header-missing = Scrapeyard의 랩이 아닙니다. 랩 파일은 “scrapeyard-journal”로 시작합니다.
problem-other-format = 이 페이지가 모르는 더 새로운 형식의 파일입니다.
problem-link-unreadable = 링크의 글자를 랩으로 풀 수 없습니다.
problem-attachment-missing = 명령에 필요한 부분이 파일에 없습니다.
problem-attachment-changed = 파일의 일부가 저장할 때와 달라졌습니다.
problem-not-in-order = 저널의 줄은 시간 순서여야 합니다.

lab-new = 새 랩
lab-number = 랩 { $number }
keeping-not-yet = 아직 저장 전
keeping-kept = 저장됨
keeping-elsewhere = 저장 안 됨
keeping-full = 저장 안 됨
keeping-forbidden = 저장 안 됨
undo = 실행 취소
undo-line = 실행 취소: { $line }
redo = 다시 실행
redo-line = 다시 실행: { $line }
share = 공유
