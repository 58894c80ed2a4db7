# Data from outside.

import-title = Query your own metrics
import-text = Drop, choose or paste a /metrics page or an OpenMetrics dump with timestamps, or choose blocks of a Prometheus in a .tar archive (up to 16 MiB of text or 12 MiB of blocks). It is read here, in this tab, and sent nowhere.
import-choose = Choose a file
import-paste = Or paste the text
import-name = Name
import-read = Read it
import-reading = Reading …
import-refused = “{ $name }” could not be read. What was there is unchanged.
