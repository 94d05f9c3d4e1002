//! The succession over any interleaving of honest clients and a thief.

use proptest::prelude::*;

use super::*;

/// One who has tokens of the family: the owner's browser, whose tabs share one cookie, or a thief.
#[derive(Clone, Debug)]
struct Holder {
    token: Token,
    logged_out: bool,
}

/// One request: by which holder, so many seconds after the one before, and whether its answer arrives.
#[derive(Clone, Debug)]
struct Step {
    thief: bool,
    pause: i64,
    arrives: bool,
}

fn steps(thief: bool) -> impl Strategy<Value = Vec<Step>> {
    let pause = prop_oneof![0..5_i64, 115..125_i64, 600..1200_i64];
    let step = (any::<bool>(), pause, prop::bool::weighted(0.8));
    let step = step.prop_map(move |(by, pause, arrives)| Step { thief: thief && by, pause, arrives });
    prop::collection::vec(step, 1..40)
}

/// The family, and everything that was ever said.
struct World {
    family: Family,
    now: i64,
    salts: u64,
    issued: Vec<Token>,
}

impl World {
    fn begin() -> (Self, Token) {
        let (family, first) = family();
        (Self { family, now: 0, salts: 0, issued: vec![first] }, first)
    }

    fn salt(&mut self) -> Secret {
        self.salts += 1;
        let mut bytes = [9; 32];
        bytes[..8].copy_from_slice(&self.salts.to_be_bytes());
        Secret::from_bytes(bytes)
    }

    /// Presents a token and stores what follows, as the handler does.
    fn present(&mut self, token: &Token) -> Option<Token> {
        let salt = self.salt();
        match self.family.present(token, salt, at(self.now)) {
            Verdict::Rotate { next, token } => {
                self.family = next;
                self.issued.push(token);
                Some(token)
            }
            Verdict::Repeat { token } => Some(token),
            Verdict::Reuse => {
                self.family.ended = Some(Ending::Reused);
                None
            }
            Verdict::Refuse => None,
        }
    }

    /// Of all tokens there ever were, one at most is replaced, and whatever is answered is the current one.
    fn check_one_line(&self) -> Result<(), TestCaseError> {
        let verdicts = self.issued.iter().map(|token| self.family.present(token, secret(7), at(self.now)));
        let verdicts: Vec<Verdict> = verdicts.collect();
        let rotate = verdicts.iter().filter(|verdict| matches!(verdict, Verdict::Rotate { .. })).count();
        prop_assert!(rotate <= 1, "{} tokens are good at once", rotate);
        for verdict in &verdicts {
            if let Verdict::Repeat { token } = verdict {
                prop_assert_eq!(token.secret.digest(), self.family.current.clone());
            }
        }
        Ok(())
    }

    /// Of all tokens there ever were, all but the last two end the family, and none that is made up does.
    fn check_all_are_known(&self) -> Result<(), TestCaseError> {
        let now = at(self.now);
        for (index, token) in self.issued.iter().enumerate() {
            let verdict = self.family.present(token, secret(7), now);
            if index + 2 < self.issued.len() {
                prop_assert_eq!(verdict, Verdict::Reuse);
            }
            let made_up = Token { secret: token.secret.successor(&secret(6)), ..*token };
            prop_assert_eq!(self.family.present(&made_up, secret(7), now), Verdict::Refuse);
        }
        Ok(())
    }
}

proptest! {
    /// The owner repeats a lost request at once; meanwhile other tabs ask with the same cookie. Nobody is
    /// logged out, whatever the order.
    #[test]
    fn the_honest_are_never_logged_out(steps in steps(false), tabs in 1..5_usize) {
        let (mut world, mut cookie) = World::begin();
        for step in steps {
            world.now += step.pause;
            let presented = cookie;
            let mut answers = Vec::new();
            for _ in 0..tabs {
                answers.push(world.present(&presented));
                world.check_one_line()?;
            }
            if !step.arrives {
                // All of them were lost; the client asks again at the end of the grace.
                world.now += GRACE.as_secs() - 1;
                answers = vec![world.present(&presented)];
            }
            for answer in answers {
                prop_assert!(answer.is_some(), "logged out at {}", world.now);
                cookie = answer.unwrap();
            }
        }
        prop_assert_eq!(world.family.ended, None);
        world.check_all_are_known()?;
    }

    /// A thief copies the owner's token at some moment, and from then on both ask as they like. The family
    /// never forks, and it ends as soon as one of them comes with a token that the other replaced before.
    #[test]
    fn a_thief_and_the_owner_cannot_both_go_on(steps in steps(true), stolen_at in 0..20_usize) {
        let (mut world, first) = World::begin();
        let mut owner = Holder { token: first, logged_out: false };
        let mut thief: Option<Holder> = None;
        for (index, step) in steps.into_iter().enumerate() {
            world.now += step.pause;
            if index == stolen_at {
                thief = Some(owner.clone());
            }
            let holder = match &mut thief {
                Some(thief) if step.thief => thief,
                _ => &mut owner,
            };
            let behind = world.family.current != holder.token.secret.digest();
            let late = at(world.now).duration_since(world.family.issued_at) >= GRACE;
            match world.present(&holder.token) {
                Some(token) if step.arrives => holder.token = token,
                Some(_) => {}
                None => holder.logged_out = true,
            }
            if behind && late {
                prop_assert!(holder.logged_out && world.family.ended.is_some());
            }
            world.check_one_line()?;
        }
        if world.family.ended.is_some() {
            for token in world.issued.clone() {
                prop_assert_eq!(world.present(&token), None);
            }
        }
    }
}
