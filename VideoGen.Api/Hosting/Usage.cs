namespace VideoGen.Api.Hosting;

/// <summary>The text of <c>--help</c>.</summary>
internal static class Usage
{
    public const string Text = """
        VideoGen turns a picture and a script into an MP4.

        Usage: VideoGen.Api [--urls http://127.0.0.1:7860] [--Name:Of:Setting value ...]
               VideoGen.Api keys add|list|revoke   (see keys --help)
               VideoGen.Api models [check ID]      (lists the models, or checks one, see models --help)

        Settings, as environment variables (or as arguments, with : for __):
          PORT                                7860      port on all interfaces
          HF_TOKEN                            -         Hugging Face token; without it videos are previews
          ConnectionStrings__redis            -         Redis of the cluster; without it everything runs in this process
          VideoGen__DataDirectory             data      directory of pictures, videos and the embedded store
          VideoGen__DiskReserveBytes          268435456 free bytes below which new requests are rejected
          VideoGen__Inference__Backend        auto      auto, huggingface, endpoint or preview
          VideoGen__Upstreams__NAME__...      -         further places that render, and
          VideoGen__Models__ID__...           -         the models that requests choose from (docs/models.md)
          VideoGen__DefaultModel              -         the model for requests that name none
          VideoGen__Inference__Profiles                 a JSON file with further models (docs/models.md)
          VideoGen__Inference__MaxConcurrent  4         videos rendered at the same time
          VideoGen__HuggingFace__Model        Wan-AI/Wan2.2-I2V-A14B
          VideoGen__HuggingFace__Provider     auto      auto, fal-ai, wavespeed, together or novita
          VideoGen__HuggingFace__EndpointUrl  -         a dedicated endpoint that turns a picture into a video
          VideoGen__HuggingFace__BillTo       -         organization to bill
          VideoGen__Media__MaxUploadBytes     10485760  maximum size of a picture file in bytes
          VideoGen__Media__Store              files     files (data directory) or s3 (a bucket, see docs/operations.md)
          VideoGen__Keys__File                -         file of API keys; by default keys.json in the data directory
          VideoGen__Webhooks__Secret          -         signs webhooks; without it none are sent (see docs/operations.md)
          VideoGen__OpenAi__Aliases           sora-2,sora-2-pro
                                                        names of the default model at /v1/videos (docs/openai.md)
          OTEL_EXPORTER_OTLP_ENDPOINT         -         collector for metrics, traces and logs
          VideoGen__Dashboard__Token          -         enables the operator's pages /operator and /dashboard

        The API documentation is at /docs.

        """;
}
