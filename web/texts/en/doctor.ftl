# Why a result is empty, and what would mend it.

mend-add = Add { $what }
mend-write = Write { $what }
mend-remove = Remove { $what }
doctor-nearest = Did you mean:
doctor-mend = This may help:
doctor-no-such-name = There is no metric called { $name }.
doctor-no-such-label = The conditions before leave { $left ->
    [one] 1 series
   *[other] { $left } series
}, and none has the label in { $matcher }.
doctor-no-such-value = { $matcher } removes the last series; the conditions before leave { $left }.
doctor-too-old = There { $series ->
    [one] is 1 series
   *[other] are { $series } series
}, but the newest sample is from { $last }, { $ago } before. Only { $reach } are looked back.
doctor-stale = { $series ->
    [one] 1 series ended: since { $since } nobody exposes it.
   *[other] { $series } series ended: since { $since } nobody exposes them.
} A staleness marker says so.
doctor-not-yet = There { $series ->
    [one] is 1 series, but it begins
   *[other] are { $series } series, but they begin
} only at { $first }.
doctor-shifted = offset or @ looks at { $at }, where there is nothing. At the instant of the query { $now ->
    [one] 1 series has samples
   *[other] { $now } series have samples
}.
doctor-too-few-samples = { $function } needs { $needed } samples in its window, and the most that a series has within { $window } is { $most }. Widen the window: four scrape intervals are a good measure.
doctor-no-partner = Both sides have elements, but no two share all labels that must agree. Left: { $left }. Right: { $right }. In the way: { $labels }. Try on (…) with the labels that both have, or ignoring (…).
doctor-filtered-out = { $seen ->
    [one] The only element is removed by { $operator }: its value is { $least }.
   *[other] All { $seen } elements are removed by { $operator }: their values lie between { $least } and { $greatest }.
}
doctor-all-taken = { $seen ->
    [one] The only element has a partner on the right, so unless removes it.
   *[other] Each of the { $seen } elements has a partner on the right, so unless removes all of them.
}
doctor-no-buckets = { $seen ->
    [one] The only element holds no buckets:
   *[other] The { $seen } elements hold no buckets:
} a histogram's series end with _bucket and carry the label le. Does an aggregation remove it?
doctor-present = There is something: { $seen ->
    [one] 1 element
   *[other] { $seen } elements
}. So absent gives nothing, as it should.
doctor-keeps-nothing = { $operation } keeps { $seen ->
    [one] not even the only element
   *[other] none of the { $seen } elements
}.
