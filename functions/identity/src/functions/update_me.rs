//! `PATCH /me`: changes the caller's nickname, picture or profile, as a JSON Merge Patch.

use maru_lambda::http::input::Nothing;
use maru_lambda::{Call, Member as Caller, Problem, Reply, logs};

use crate::arrival::arrive;
use crate::error::Error;
use crate::events::Announcer;
use crate::image::{ImageId, Picture};
use crate::images::Images;
use crate::me;
use crate::members::Member;
use crate::profile::{Change, ProfileChange};
use crate::providers::ApiUrl;
use crate::store::Store;

/// How often a patch is applied again to a member who changes under our eyes.
const ATTEMPTS: u32 = 5;

type Changing = Call<Caller, Nothing, Nothing, ProfileChange>;

pub async fn handle(
    (store, announcer, images, api): (Store, Announcer, Images, ApiUrl),
    call: Changing,
) -> Result<Reply, Problem> {
    let services = Services { store, announcer, images, api };
    let member = Box::pin(services.update(&call)).await?;
    let plan = services.store.plan(&member.id, call.request.now).await?;
    Ok(me::reply(&member, plan, &call.caller.roles))
}

struct Services {
    store: Store,
    announcer: Announcer,
    images: Images,
    api: ApiUrl,
}

impl Services {
    async fn update(&self, call: &Changing) -> Result<Member, Error> {
        for _ in 0..ATTEMPTS {
            let before = arrive(&self.store, &self.announcer, &call.caller, call.request.now).await?;
            if !me::is_meant(&call.request, &before) {
                return Err(Error::Stale);
            }
            let mut after = self.changed(&before, call).await?;
            if after == before {
                return Ok(before);
            }
            after.revision += 1;
            after.updated_at = call.request.now;
            match self.save(&before, &after).await {
                // Without `If-Match` the patch is meant for whatever is there.
                Err(Error::Stale) => {}
                done => return done.map(|()| after),
            }
        }
        Err(Error::Contended)
    }

    /// The member with the change; a new picture is checked and kept.
    async fn changed(&self, before: &Member, call: &Changing) -> Result<Member, Error> {
        let (mut after, change) = (before.clone(), call.body.clone());
        if let Change::Set(nickname) = &change.nickname {
            after.nickname = nickname.clone();
        }
        match &change.image_id {
            Change::Set(upload) if before.image.as_ref().is_none_or(|image| image.upload != *upload) => {
                let image = Picture { upload: upload.clone(), file: ImageId::new(call.request.now) };
                self.images.keep(&before.id, &image).await?;
                let url = self.api.at(&format!("/images/{}/{}", before.id, image.file.as_str()));
                after.profile.image_url = Some(url);
                after.image = Some(image);
            }
            Change::Clear => {
                after.profile.image_url = None;
                after.image = None;
            }
            Change::Keep | Change::Set(_) => {}
        }
        change.apply(&mut after.profile);
        Ok(after)
    }

    async fn save(&self, before: &Member, after: &Member) -> Result<(), Error> {
        let posted = vec![self.announcer.profile_changed(after)?];
        let done = self.store.save(before, after, &posted).await;
        // The picture that is nobody's any more, or has not become anybody's. Nobody else has its file.
        let superfluous = match &done {
            Ok(()) => before.image.as_ref(),
            // Whether it was saved is not known, so the picture may be the member's.
            Err(Error::Store(_)) => None,
            Err(_) => after.image.as_ref(),
        };
        if before.image != after.image
            && let Some(image) = superfluous
        {
            self.forget(&before.id, &image.file).await;
        }
        done?;
        self.announcer.send(posted).await;
        Ok(())
    }

    /// Deletes a picture's file; one that is left over goes when the account is closed.
    async fn forget(&self, user: &str, file: &ImageId) {
        if let Err(error) = self.images.delete(user, file).await {
            tracing::warn!(error = logs::chain(&error), "a picture is left over");
        }
    }
}
