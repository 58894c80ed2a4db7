//! What a lesson's reader accepts and refuses, how answers are judged, and how words are cut.

use super::*;
use crate::base::time::Timestamp;
use crate::model::labels::Labels;
use crate::tsdb::Head;

const LESSON: &str = "tasks:\n  - {id: one, goal: up == 0, for: 10s, store: truth}\n  - {id: two, run: up, within: 0.1}\n  \
    - {id: three, question: pick}\nquestions:\n  - {id: pick, choices: [a, b, c], right: [a, c]}\n  \
    - {id: count, number: sum(up)}\n  - {id: sort, groups: {x: [m, k], y: [l]}}\n";

fn lesson() -> Lesson {
    Lesson::read("first", LESSON).unwrap()
}

#[test]
fn a_lesson_is_read_whole() {
    let lesson = lesson();
    assert_eq!(lesson.tasks.len(), 3);
    let Goal::Holds { store, expression, length } = &lesson.tasks[0].goal else { panic!() };
    assert_eq!((store.to_string().as_str(), expression.as_str(), length.0), ("truth", "up == 0", 10_000));
    assert_eq!(lesson.tasks[1].goal, Goal::Ran { expression: "up".into(), within: 0.1 });
    let Kind::Groups { groups, members } = &lesson.question("sort").unwrap().kind else { panic!() };
    assert_eq!(groups, &["x", "y"]);
    assert_eq!(members, &[("k".into(), 0), ("l".into(), 1), ("m".into(), 0)]);
}

#[test]
fn what_no_learner_could_finish_is_refused_with_its_place() {
    for (text, said) in [
        ("tasks:\n  - {id: one, goal: up ==}\n", "up ==: "),
        ("tasks:\n  - {id: one, goal: 'up[5m]'}\n", "up[5m]: expected instant vector"),
        ("tasks:\n  - {id: one}\n", "expected one of goal, run and question"),
        ("tasks:\n  - {id: One, run: up}\n", "expected an id of small letters"),
        ("tasks:\n  - {id: one, question: none}\n", "task \"one\" names the unknown question \"none\""),
        ("tasks:\n  - {id: one, run: up, within: 2}\n", "expected a share from 0 to 1"),
        ("tasks:\n  - {id: one, goal: up, store: moon}\n", "expected a store"),
        ("questions:\n  - {id: a, choices: [x, y], right: [z]}\n", "what is right must be among"),
        ("questions:\n  - {id: a, choices: [x]}\n", "expected one of choices"),
        ("questions:\n  - {id: a, number: up}\n  - {id: a, number: up}\n", "the name \"a\" is used twice"),
        ("quiz: []\n", "field quiz not found in type lesson"),
    ] {
        let error = Lesson::read("first", text).unwrap_err();
        assert!(error.to_string().contains(said), "{text:?}: {error}");
        assert!(error.place().is_some(), "{text:?}: {error}");
    }
}

#[test]
fn choices_are_right_in_any_order_and_only_whole() {
    let lesson = lesson();
    let pick = lesson.question("pick").unwrap();
    for (answer, is_right) in [("a, c", true), ("c,a,", true), ("a", false), ("a,b,c", false), ("", false)] {
        assert_eq!(pick.judged(answer).unwrap(), Some(is_right), "{answer:?}");
    }
    assert_eq!(pick.judged("a, d").unwrap_err().code, "no-such-choice");
    let sort = lesson.question("sort").unwrap();
    for (answer, is_right) in [("k=x,l=y,m=x", true), ("k=x, l=x, m=x", false), ("k=x", false)] {
        assert_eq!(sort.judged(answer).unwrap(), Some(is_right), "{answer:?}");
    }
    assert_eq!(sort.judged("k=z").unwrap_err().code, "no-such-choice");
    assert_eq!(lesson.question("count").unwrap().judged("3").unwrap(), None);
}

#[test]
fn a_goal_must_hold_without_a_gap() {
    let lesson = lesson();
    let task = &lesson.tasks[0];
    let mut progress = Progress::default();
    let mut at = |seconds: i64, holds| progress.looked("first", task, Timestamp(seconds * 1000), holds);
    assert!(!at(0, true) && !at(5, true) && !at(9, false));
    assert!(!at(10, true) && !at(15, true) && at(20, true));
    // It is reached once.
    assert!(!at(25, true));
    assert_eq!(progress.task("first", "one").outcome, Some((Timestamp(20_000), Outcome::Reached)));
    assert_eq!(progress.current(&lesson).map(|task| task.id.as_str()), Some("two"));
    progress.forget("first");
    assert_eq!(progress.current(&lesson).map(|task| task.id.as_str()), Some("one"));
}

#[test]
fn the_last_answer_counts_and_a_reached_task_stays_reached() {
    let mut progress = Progress::default();
    progress.answer("first", "pick", "a,c", true, Timestamp(1000));
    assert!(progress.reach("first", "three", Timestamp(1000)));
    progress.answer("first", "pick", "b", false, Timestamp(2000));
    let given = progress.given("first", "pick").unwrap();
    assert_eq!((given.text.as_str(), given.is_right, given.tries), ("b", false, 2));
    assert_eq!(progress.task("first", "three").outcome, Some((Timestamp(1000), Outcome::Reached)));
}

#[test]
fn the_lessons_are_read_once_for_all_copies_of_a_course() {
    let manifest = "seed: 9\nstart: 2026-03-02T09:00:00Z\nlessons: [first]\n";
    let files =
        [("scenario.yaml", manifest), ("compose.yaml", "services: {}\n"), ("lessons/first.yaml", LESSON)];
    let files = files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
    let course = Course::of(Arc::new(Scenario::read("one", files).unwrap()));
    let copy = course.clone();
    assert!(Arc::ptr_eq(&course.lessons().unwrap(), &copy.lessons().unwrap()));
    assert_eq!(copy.lesson("first").unwrap(), lesson());
    assert_eq!(course.lesson("second").unwrap_err().code, "no-such-lesson");
}

#[test]
fn what_asks_for_the_missing_must_have_found_it_before() {
    let mut head = Head::default();
    let series = head.series_id(&Labels::from_pairs([("__name__", "up"), ("job", "a")]));
    for minute in 0..30 {
        head.append(series, Timestamp(minute * 60_000), 1.0).unwrap();
    }
    let (at, options) = (Timestamp(40 * 60_000), Options::default());
    let same = |given: &str| gives_same(&head, (given, "absent(up{job=\"a\"})"), at, 0.0, &options);
    assert!(same("absent(up{job=\"a\"})") && same("absent(up)"));
    for other in ["vector(1)", "absent(down)", "up == 0", "count(up) < 1", "1"] {
        assert!(!same(other), "{other}");
    }
    // While it is there, nothing is missing.
    let before = Timestamp(20 * 60_000);
    assert!(!gives_same(&head, ("absent(up)", "absent(up)"), before, 0.0, &options));
}

#[test]
fn hints_end() {
    let mut progress = Progress::default();
    assert!((0..HINTS).all(|_| progress.hint("first", "one").is_ok()));
    assert_eq!(progress.hint("first", "one").unwrap_err().code, "no-more-hints");
    assert_eq!(progress.task("first", "one").hints, HINTS);
}

#[test]
fn words_are_cut_at_headings_outside_of_code() {
    let story = Story::read(
        "# Title\n\nHello.\n\n## task one: Do it\n\nBody\n```\n# no heading\n```\n\n### hint-1\nTry.\n\n\
         ## question pick: Which?\n\n### a: The first\nBecause.\n",
    );
    assert_eq!((story.title.as_str(), story.opening.as_str()), ("Title", "Hello."));
    let task = &story.tasks["one"];
    assert_eq!((task.title.as_str(), task.body.as_str()), ("Do it", "Body\n```\n# no heading\n```"));
    assert_eq!(task.parts["hint-1"].body, "Try.");
    let choice = &story.questions["pick"].parts["a"];
    assert_eq!((choice.title.as_str(), choice.body.as_str()), ("The first", "Because."));
    let gaps = story.gaps(&lesson());
    for gap in ["task one: hint-2 is missing", "task two is missing", "question pick: b is missing"] {
        assert!(gaps.iter().any(|one| one == gap), "{gaps:?}");
    }
    assert!(!gaps.iter().any(|one| one.contains("pick: a")), "{gaps:?}");
}
