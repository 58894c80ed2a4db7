# What keeps work safe: labs by name, back and forth, links, files, and what is said when something is not kept.

lab-copy-name = { $name } (copy)

undo-done = Taken back: { $line }
undo-nothing = There is nothing to take back.
redo-done = Done again: { $line }
redo-nothing = There is nothing to do again.

strip-elsewhere = This lab is open in another tab, and only that one saves it. What you do here stays in this tab.
strip-full = The browser has no room left, so your work is not saved. Delete labs you no longer need, or keep this one as a file.
strip-forbidden = This browser keeps nothing for this page (a private window, perhaps). Your work is gone when the tab closes; keep it as a file.
strip-arrived = This lab came with a link. It stands beside your own labs, which are as they were.
strip-link-broken = The link holds no lab that can be read. Perhaps a part of it was cut off.
strip-update = A newer Scrapeyard is ready. Your lab stays as it is; take it whenever it suits you.
keep-a-copy = Keep a copy
back-to-own = Back to my lab
take-update = Take it now

safe-title = The lab was not opened
safe-crashed = Opening this lab ended the page the last time, so it waits for you. Nothing of it is lost.
safe-refused = This lab cannot be opened as it is. Nothing of it is lost: it stays among your labs.
safe-without-last = Open it paused, without its last action
safe-again = Try again as it is
safe-afresh = Begin a new lab

labs-title = Labs
labs-about = They are kept in this browser, on this device, and nowhere else.
labs-reading = Looking …
labs-empty = Nothing is kept yet. What you do is saved by itself.
labs-forbidden = This browser keeps nothing for this page. Keep your lab as a file.
lab-fresh = New lab
lab-clean = Clean copy
lab-clean-about = The same yard from its beginning, with the same seed and without what was done
lab-from-file = Open a file
lab-file-refused = The file was not opened. Your lab is unchanged.
lab-open = Open
lab-open-here = Open here
lab-facts = { $scenario } · at { $now } · saved { $saved }
lab-other-version = of another version
lab-rename = Rename { $name }
lab-duplicate = Copy { $name }
lab-take-along = Save { $name } as a file
lab-remove = Delete { $name }
lab-name = Name
lab-name-done = Rename
lab-removed = “{ $name }” was deleted.
lab-put-back = Undo
lab-not-done-elsewhere = “{ $name }” is open in another tab, so it was left as it is. Close it there first.
lab-not-done-full = The browser has no room left, so “{ $name }” was left as it is. Delete labs you no longer need.
lab-not-done-forbidden = The browser did not save the change to “{ $name }”, so it was left as it is.

share-title = Share this lab
share-about = Whoever opens the link gets a lab of their own that has done what yours has. The lab is in the link itself; it is stored nowhere.
share-file-about = A file holds everything, however much it is.
save-as-file = Save as file
link = Link
link-copy = Copy
link-copied = Copied
link-not-copied = Not copied: select it
link-file = This page was opened from a file, so the link works on this device only.
link-qr = QR code of the link
link-too-long = The link would have { $letters } characters, more than many programs let through. Share the file instead.
qr-too-long = The link is too long for a QR code that a phone can read.

problem-other-behaviour = It was written by another version of Scrapeyard, which would have done the same commands differently. Rather than showing you something else, it is not replayed. Its file can still be kept.
problem-other-scenario = The scenario has been changed since, so the same commands would lead elsewhere. The lab is not replayed; its file can still be kept.
problem-journal-refused = A command of the journal is not possible in this yard.
problem-opening-kills = Opening it stopped the worker twice.
problem-header-missing = This is no lab of Scrapeyard. Its file begins with “scrapeyard-journal”.
problem-other-format = The file is of a newer form than this page knows.
problem-link-unreadable = The letters of the link do not spell a lab.
problem-attachment-missing = A part of the file is missing that a command needs.
problem-attachment-changed = A part of the file is no longer what it was when it was saved.
problem-not-in-order = The lines of a journal are in order of time.

lab-new = New lab
lab-number = Lab { $number }
keeping-not-yet = Not saved yet
keeping-kept = Saved
keeping-elsewhere = Not saved
keeping-full = Not saved
keeping-forbidden = Not saved
undo = Undo
undo-line = Undo: { $line }
redo = Redo
redo-line = Redo: { $line }
share = Share
