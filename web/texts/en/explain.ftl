# How a result came about: the Explain view of the Query page.

explain-value = { $value }: how was it made?
type-scalar = scalar
type-string = string
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
explain-at = At { $at }
explain-choose = Choose any value to see how it was made. The numbers give the same result again, to the last bit.
explain-cut = The expression has more parts than are shown.
explain-more = + { $count } more
explain-labels = Labels and how many values each has: { $labels }
kind-selector = The newest sample of each series that fits, as long as it is not older than the lookback.
kind-window = All samples of each series within the window before this instant.
kind-subquery = The expression below, evaluated at each step of the window.
kind-matching = Elements of both sides find each other by their labels.
kind-sign = Every value with the other sign.
samples-picture = The raw samples of the window
element-count = { $count ->
    [one] 1 element
   *[other] { $count } elements
}
explain-groups = Match groups
explain-left = Left
explain-right = Right
group-many-left = several on the left
group-many-right = several on the right
group-no-left = nothing on the left
group-no-right = nothing on the right
group-filtered = filtered out
group-matched = matched
group-why-many-left = One is allowed on the left. If that is meant, say so with group_left, or aggregate the left side first.
group-why-many-right = One is allowed on the right. If that is meant, say so with group_right, or aggregate the right side first.
group-why-no-left = No element on the left has these labels.
group-why-no-right = No element on the right has these labels.
group-why-filtered = They found each other, but the comparison does not hold.
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
