//! Starts the synchronization of a repository, and exports a trace of it to an OpenTelemetry collector.
//!
//! `OTEL_EXPORTER_OTLP_ENDPOINT` is the collector's address, http://localhost:4318 by default. Dependencies beside
//! codearts-repo and tokio:
//!
//! ```toml
//! opentelemetry = "0.33"
//! opentelemetry-otlp = { version = "0.33", default-features = false, features = ["http-proto", "reqwest-blocking-client", "trace"] }
//! opentelemetry_sdk = "0.33"
//! rustls = { version = "0.23", default-features = false, features = ["ring"] }
//! tracing-opentelemetry = "0.34"
//! tracing-subscriber = "0.3"
//! ```

use std::error::Error;

use codearts_repo::{Client, RepositoryId};
use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::SpanExporter;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

fn main() -> Result<(), Box<dyn Error>> {
    // The exporter's reqwest needs one, although nothing is sent over TLS here.
    rustls::crypto::ring::default_provider().install_default().map_err(|_| "there is a TLS provider")?;
    let exporter = SpanExporter::builder().with_http().build()?;
    let traces = SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        .with_resource(Resource::builder().with_service_name("mirrors").build())
        .build();
    // The spans of calls and attempts are of the level debug, and never contain a secret.
    let ours = Targets::new().with_target("codearts_repo", LevelFilter::DEBUG);
    let layer = tracing_opentelemetry::layer().with_tracer(traces.tracer("mirrors"));
    tracing_subscriber::registry().with(layer.with_filter(ours)).init();

    let started = start();
    // What was not exported yet goes out now.
    traces.shutdown()?;
    println!("started {}", started?);
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn start() -> Result<String, Box<dyn Error>> {
    let id: RepositoryId = std::env::args().nth(1).ok_or("missing repository ID")?.parse()?;
    let job = Client::from_env()?.start_sync(id).await?;
    Ok(job.id)
}
