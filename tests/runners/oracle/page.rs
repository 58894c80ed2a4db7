//! The samples: two hours of a small shop, with resets, gaps, odd numbers and a classic histogram.

use std::fmt::Write as _;

const START: u64 = 1_700_000_000;
const SAMPLES: u64 = 480;
const INTERVAL: u64 = 15;

/// Numbers that look random and are always the same.
struct Noise(u64);

impl Noise {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// An OpenMetrics page with timestamps.
pub fn page() -> String {
    let mut page = String::new();
    let mut noise = Noise(42);
    family(&mut page, "shop_requests", "counter");
    for instance in ["a:1", "b:1", "c:1"] {
        for code in ["200", "404", "500"] {
            let mut count = noise.below(1000);
            for sample in 0..SAMPLES {
                count = if noise.below(150) == 0 { 0 } else { count + noise.below(20) };
                let series = format!("shop_requests_total{{code=\"{code}\",instance=\"{instance}\"}}");
                write(&mut page, &series, &count.to_string(), sample, noise.below(900));
            }
        }
    }
    family(&mut page, "shop_flaky", "counter");
    for instance in ["a:1", "b:1"] {
        for sample in (0..SAMPLES).filter(|sample| sample % 100 < 60) {
            let series = format!("shop_flaky_total{{instance=\"{instance}\"}}");
            write(&mut page, &series, &(sample * 3).to_string(), sample, 0);
        }
    }
    family(&mut page, "shop_queue_length", "gauge");
    for instance in ["a:1", "b:1", "c:1"] {
        for sample in 0..SAMPLES {
            let value = noise.below(500) as f64 / 10.0;
            write(
                &mut page,
                &format!("shop_queue_length{{instance=\"{instance}\"}}"),
                &value.to_string(),
                sample,
                7,
            );
        }
    }
    family(&mut page, "shop_odd", "gauge");
    for sample in 0..SAMPLES {
        let value = ["NaN", "+Inf", "-Inf", "1e308", "-1e-300", "0", "3.25"][noise.below(7) as usize];
        write(&mut page, "shop_odd{instance=\"a:1\"}", value, sample, 0);
    }
    family(&mut page, "shop_build_info", "gauge");
    for (instance, version) in [("a:1", "1.0"), ("b:1", "1.1"), ("c:1", "1.1")] {
        for sample in 0..SAMPLES {
            let series = format!("shop_build_info{{instance=\"{instance}\",version=\"{version}\"}}");
            write(&mut page, &series, "1", sample, 0);
        }
    }
    histogram(&mut page, &mut noise);
    page.push_str("# EOF\n");
    page
}

fn histogram(page: &mut String, noise: &mut Noise) {
    const BOUNDS: [&str; 6] = ["0.01", "0.05", "0.1", "0.5", "2.5", "+Inf"];
    let mut counts: Vec<[u64; 6]> = Vec::new();
    let mut now = [0; 6];
    for _ in 0..SAMPLES {
        for count in &mut now {
            *count += noise.below(5);
        }
        counts.push(now);
    }
    family(page, "shop_latency_seconds", "histogram");
    for (sample, counts) in counts.iter().enumerate() {
        let mut below = 0;
        for (bound, count) in BOUNDS.iter().zip(counts) {
            below += count;
            let series = format!("shop_latency_seconds_bucket{{instance=\"a:1\",le=\"{bound}\"}}");
            write(page, &series, &below.to_string(), sample as u64, 0);
        }
        write(page, "shop_latency_seconds_count{instance=\"a:1\"}", &below.to_string(), sample as u64, 0);
        let sum = below as f64 * 0.21;
        write(page, "shop_latency_seconds_sum{instance=\"a:1\"}", &sum.to_string(), sample as u64, 0);
    }
}

fn family(page: &mut String, name: &str, kind: &str) {
    let _ = writeln!(page, "# TYPE {name} {kind}");
}

fn write(page: &mut String, series: &str, value: &str, sample: u64, late_millis: u64) {
    let _ = writeln!(page, "{series} {value} {}.{late_millis:03}", START + sample * INTERVAL);
}
