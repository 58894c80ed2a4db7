# Plain sentences for error codes. The error itself is always shown in the field's own words.

problems-more = { $count ->
    [one] … and 1 more problem
   *[other] … and { $count } more problems
}

problem-worker-died = This request stopped the lab, so it is not repeated. Everything else was restored.
problem-no-expression = Type an expression, for example a metric's name.
problem-unexpected-token = Something is missing or too much here: often a bracket, a comma or an operator.
problem-bad-token = This is no word of PromQL: often a quote that is not closed, or a character from another language.
problem-file-unreadable = The browser could not read this file. It may have been moved or changed meanwhile.
problem-bad-duration = A duration is a number with its unit, such as 30s, 5m or 1h30m.
problem-bad-regex = The regular expression cannot be read. PromQL uses RE2 and anchors it at both ends.
problem-unknown-function = There is no function of this name. Aggregations such as sum take their labels with by (…).
problem-experimental-function = Prometheus has this function only behind the feature flag for experimental functions.
problem-type = Another type is wanted here: rate and its like take a window, such as [5m] behind the selector, others take none.
problem-argument-count = The function takes another number of arguments.
problem-aggregate-arguments = The aggregation takes another number of arguments.
problem-operand-type = Both sides must be instant vectors or numbers: a window belongs inside a function such as rate.
problem-unary-type = A sign can stand before numbers and instant vectors only.
problem-scalar-comparison = Between two numbers there is nothing to filter: write bool behind the operator.
problem-empty-selector = At least one matcher must exclude the empty text, or all series there are would be meant.
problem-range-on-expression = A window belongs to a selector. For an expression write a subquery, such as [5m:10s].
problem-modifier-before-range = offset and @ come after the window: up[5m] offset 1h.
problem-too-many-samples = The query looks at more samples than one query may. Narrow the selector or the range.
problem-too-many-steps = A range query gives at most 11,000 points a series. Choose a wider step.
problem-timeout = The query took longer than one query may.
problem-wrong-type-for-range = A graph needs one value a step: a window belongs inside a function such as rate.
problem-many-to-one = Several series on one side match the same one on the other: say which side is many with group_left or group_right.
problem-duplicate-match = Several series share the labels that are matched on. Add labels to on (…) or aggregate first.
problem-duplicate-labels = The result would hold the same label set twice.
problem-no-such-store = These data are no longer here.
problem-page-unreadable = From this line on the text is neither a metrics page nor OpenMetrics.
problem-import-too-long = This is larger than the lab reads: a text may have up to 16 MiB, an archive of blocks up to 12 MiB. A shorter span of time or fewer series make it smaller.
problem-too-many = The lab has a limit here, so that it stays quick.
problem-line-too-long = In the journal this would be a line longer than 1 MiB, which could not be read again. Nothing was done.
problem-journal-too-long = The journal of this lab is full: a longer one could not be read again. Save the lab as a file and begin a new one.
problem-attachments-too-long = A lab keeps everything that was imported into it, and all of it must fit into its file. A shorter span of time or fewer series make it smaller.
problem-link-too-long = This lab is too large for a link. Save it as a file instead.
problem-config-refused = The old configuration stays in force.
problem-unsimulated = This is valid, and a real Prometheus would act on it; in this lab it has no effect.
problem-no-such-container = It may just have been removed.
problem-not-running = Start the container first.
problem-port-allocated = A port of the machine can be published by one container only: leave the choice to Docker by writing the container's port alone.
problem-possible-non-counter = rate and its like are made for counters, whose names usually end in _total, _sum, _count or _bucket.
problem-no-such-scenario = There is no scenario of this name.
