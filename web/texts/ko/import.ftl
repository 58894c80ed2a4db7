# 밖에서 가져오는 데이터.

import-title = 내 메트릭에 쿼리하기
import-text = /metrics 페이지나 타임스탬프가 있는 OpenMetrics 덤프를 끌어 놓거나, 고르거나, 붙여 넣으세요. Prometheus 블록을 묶은 .tar 파일도 고를 수 있습니다(텍스트는 16 MiB, 블록은 12 MiB까지). 이 탭 안에서만 읽고 밖으로 보내지 않습니다.
import-choose = 파일 고르기
import-paste = 또는 텍스트 붙여 넣기
import-name = 이름
import-read = 읽기
import-reading = 읽는 중 …
import-refused = “{ $name }”을(를) 읽지 못했습니다. 있던 데이터는 그대로입니다.
