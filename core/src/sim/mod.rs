//! Layer 3: the yard: services, containers, images, network, traffic and faults as a discrete-event simulation.
//! Knows neither Prometheus nor PromQL.
