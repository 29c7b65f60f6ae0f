namespace VideoGen.Api.Hosting;

/// <summary>What <c>--help</c> prints.</summary>
internal static class Usage
{
    public const string Text = """
        VideoGen turns a picture and a script into an MP4.

        Usage: VideoGen.Api [--urls http://127.0.0.1:7860] [--Name:Of:Setting value ...]
               VideoGen.Api keys add|list|revoke   (keys --help tells more)

        Settings, as environment variables (or as arguments, with : for __):
          PORT                                7860      port on all interfaces
          HF_TOKEN                            -         Hugging Face token; without it films are previews
          ConnectionStrings__redis            -         Redis of a cluster; without it everything runs in this process
          VideoGen__DataDirectory             data      where pictures, films and the embedded store are kept
          VideoGen__DiskReserveBytes          268435456 free bytes below which nothing new is taken on
          VideoGen__Inference__Backend        auto      auto, huggingface, endpoint or preview
          VideoGen__Inference__MaxConcurrent  4         films rendered at once
          VideoGen__HuggingFace__Model        Wan-AI/Wan2.2-I2V-A14B
          VideoGen__HuggingFace__Provider     auto      auto, fal-ai, wavespeed, together or novita
          VideoGen__HuggingFace__EndpointUrl  -         a dedicated endpoint that turns a picture into a film
          VideoGen__HuggingFace__BillTo       -         organisation to bill
          VideoGen__Media__MaxUploadBytes     10485760  size of a picture file
          VideoGen__Media__Store              files     files in the data directory, or s3: a bucket (docs/operations.md)
          VideoGen__Keys__File                -         keys of the API; without it keys.json in the data directory
          VideoGen__Webhooks__Secret          -         signs webhooks; without it none are sent (docs/operations.md)
          OTEL_EXPORTER_OTLP_ENDPOINT         -         collector of metrics, traces and logs
          VideoGen__Dashboard__Token          -         opens the Orleans dashboard at /dashboard

        The API documents itself at /docs.

        """;
}
