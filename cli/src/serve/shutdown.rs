//! Notices when the process is told to stop.

use tokio::sync::watch::{self, Receiver};

/// Listens from now on; what it gives changes at Ctrl-C, and where there are signals also when the process is asked to
/// end. To be called within the runtime.
///
/// # Errors
/// When signals cannot be listened to.
#[cfg(unix)]
pub fn listen() -> std::io::Result<Receiver<bool>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupted, mut ended) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let (sender, receiver) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = ended.recv() => {}
        }
        let _ = sender.send(true);
    });
    Ok(receiver)
}

/// As above, where Ctrl-C is all there is.
///
/// # Errors
/// Never at once: a failure to listen stops the process.
#[cfg(not(unix))]
pub fn listen() -> std::io::Result<Receiver<bool>> {
    let (sender, receiver) = watch::channel(false);
    tokio::spawn(async move {
        let _ = tokio::signal::ctrl_c().await;
        let _ = sender.send(true);
    });
    Ok(receiver)
}

/// Resolves when the process was told to stop.
pub async fn told(mut stop: Receiver<bool>) {
    let _ = stop.wait_for(|told| *told).await;
}
