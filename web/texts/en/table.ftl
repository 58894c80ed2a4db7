# The Table view of the Query page.

filter-rows = Filter rows
rows-kept = { $kept } of { $all } rows
no-row-kept = No row holds all these words.
copy = Copy
copied = Copied
copy-failed = The browser refused
other-labels = { $count } other labels
samples-before = { $count ->
    [one] 1 earlier sample
   *[other] { $count } earlier samples
}
histogram-line = histogram · count { $count } · sum { $sum }
histogram-buckets = Buckets and the observations in each
result-caption = { $count ->
    [one] 1 series
   *[other] { $count } series
} at { $at }
