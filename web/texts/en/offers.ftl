# What can be written at the cursor.

offers = What may be written here
offer-metric = metric
offer-function = function
offer-aggregation = aggregation
offer-label = label
offer-value = value
offer-duration = duration
offer-keyword = keyword
offer-pattern = pattern
