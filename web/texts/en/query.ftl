# The Query page.

panel = Query panel
expression = PromQL expression
run = Run
query-cancel = Cancel
query-cancelled = The query was cancelled. Run it again when you like.
query-runs = The query is being evaluated
query-waits = Waiting for the first answer …
result = Result
result-views = How the result is shown
tab-table = Table
tab-graph = Graph
live = Live
range = Range
end = End
step-label = Step
step-automatic = auto ({ $step })
automatic = auto
store = Data
store-pulled = pulled
store-pushed = pushed
store-truth = truth
store-before = before
with-truth = Truth
truth-hint = Draw beneath it what really happened, as an ideal observer saw it
edited = Edited: the last run is shown
series-count = { $count ->
    [one] 1 series
   *[other] { $count } series
}
type-scalar = scalar
type-string = string
result-caption = { $count ->
    [one] 1 series
   *[other] { $count } series
} at { $at }
empty-result = Empty result
empty-result-text = No series matches at this time. Is the metric's name right, and do the matchers fit? A name that nobody exposes gives no error, only nothing.
column-difference = pulled − truth
legend-last = Last value
legend-at = At { $time }
lines-of = Showing { $shown } of { $all } series.
axis-without-zero = The axis does not start at zero
chart-empty = Chart without values.
chart-sentence = Chart of { $count ->
    [one] 1 series
   *[other] { $count } series
} from { $from } to { $to }, values between { $least } and { $greatest }, { $gaps ->
    [0] without gaps
    [one] with 1 gap
   *[other] with { $gaps } gaps
}. Arrow keys move the cursor.

import-open = Add data
import-title = Query your own metrics
import-text = Drop, choose or paste a /metrics page or an OpenMetrics dump with timestamps, or choose blocks of a Prometheus in a .tar archive (up to 16 MiB of text or 12 MiB of blocks). It is read here, in this tab, and sent nowhere.
import-choose = Choose a file
import-paste = Or paste the text
import-name = Name
import-read = Read it
import-reading = Reading …
import-refused = “{ $name }” could not be read. What was there is unchanged.
import-done = { $samples } samples in { $series ->
    [one] 1 series
   *[other] { $series } series
} were read.
drop-here = Drop a metrics page or OpenMetrics dump

tab-explain = Explain
type-vector = { $count ->
    [one] vector · 1
   *[other] vector · { $count }
}
type-windows = { $count ->
    [one] windows of 1 series
   *[other] windows of { $count } series
} · { $samples ->
    [one] 1 sample
   *[other] { $samples } samples
}
type-failed = failed
sample-count = { $count ->
    [one] 1 sample
   *[other] { $count } samples
}

# Why there is nothing.
doctor-nearest = Did you mean:
doctor-no-such-name = There is no metric called { $name }.
doctor-no-such-label = The conditions before leave { $left } series, and none of them has the label in { $matcher }.
doctor-no-such-value = { $matcher } removes the last series; the conditions before leave { $left }.
doctor-too-old = { $series } series exist, but the newest sample is from { $last }, { $ago } before. Only { $reach } are looked back.
doctor-stale = { $series } series ended: since { $since } nobody exposes them. A staleness marker says so.
doctor-not-yet = { $series } series exist, but begin only at { $first }.
doctor-shifted = offset or @ looks at { $at }, where there is nothing. At the instant of the query { $now } series have samples.
doctor-too-few-samples = { $function } needs { $needed } samples in its window, and { $window } hold { $most }. Widen the window: four scrape intervals are a good measure.
doctor-no-partner = Both sides have elements, but no two share all labels that must agree. Left: { $left }. Right: { $right }. In the way: { $labels }. Try on (…) with the labels that both have, or ignoring (…).
doctor-filtered-out = All { $seen } elements are removed by { $operator }: their values lie between { $least } and { $greatest }.
doctor-all-taken = Each of the { $seen } elements has a partner on the right, so unless removes all of them.
doctor-no-buckets = The { $seen } elements hold no buckets: a histogram's series end with _bucket and carry the label le. Does an aggregation remove it?
doctor-present = There is something: { $seen } elements. So absent gives nothing, as it should.
doctor-keeps-nothing = { $operation } keeps none of the { $seen } elements.

# What may be written.
offers = What may be written here
offer-metric = metric
offer-function = function
offer-aggregation = aggregation
offer-label = label
offer-value = value
offer-duration = duration
offer-keyword = keyword
offer-pattern = pattern

# How a number was made.
explain-at = At { $at }
explain-choose = Choose any value to see how it was made. The numbers give the same result again, to the last bit.
explain-cut = The expression has more parts than are shown.
explain-more = + { $count } more
explain-labels = Labels and how many values each has: { $labels }
explain-groups = Match group
explain-left = Left
explain-right = Right
explain-outcome = Outcome
group-many-left = several on the left
group-many-right = several on the right
group-no-left = nothing on the left
group-no-right = nothing on the right
group-filtered = filtered out
group-matched = matched
made-title = How { $value } was made
made-picture = The samples of the window, mended after each reset, and the line drawn on towards both edges
made-newest = Newest sample
made-newest-why = { $age } old; up to { $lookback } are looked back.
made-window = Samples in the window
made-window-why = From { $begin } (outside) to { $end } (inside).
made-inside = Samples inside
made-difference = Last − first
made-resets = Mend the resets
made-resets-why = { $count ->
    [one] The counter fell once: the value before is added.
   *[other] The counter fell { $count } times: the values before are added.
}
made-spacing = Average spacing
made-spacing-why = Time covered by the samples, divided by the gaps between them.
made-left = Left edge
made-right = Right edge
made-edge-near = Closer than 1.1 × the spacing: the line goes on up to the edge.
made-edge-far = Farther than 1.1 × the spacing: the line goes on for half a spacing.
made-edge-zero = The line would fall below zero, and a counter cannot: it begins where the line meets zero.
made-factor = Extrapolate
made-factor-why = The stretched time divided by the time covered.
made-result = Result
made-rate-why = Divided by the length of the window: a second.
made-increase-why = The change over the whole window.
made-rank = Rank
made-rank-why = φ times all observations: so many lie below.
made-bucket = Bucket
made-bucket-why = The first bucket that reaches the rank.
made-inside-why = Observations are taken to lie evenly in the bucket.
made-buckets = Buckets, counted from below
made-members = Group { $group }
made-operands = Both sides
made-operands-why = They found each other by { $labels }.
made-operands-scalar = Each element with the number.
made-call = Function
quantile-none = φ is no number, so the result is none either.
quantile-below = φ is below 0: below everything.
quantile-above = φ is above 1: above everything.
quantile-no-infinity = The bucket +Inf is missing, so nobody knows how many observations there are.
quantile-one-bucket = There is no bucket but +Inf.
quantile-no-observations = Nothing was observed.
quantile-beyond = The rank lies in the bucket +Inf: all that is known is the largest finite bound.
quantile-first = The first bucket ends at or below zero, so nobody knows where it begins: its bound is given.
