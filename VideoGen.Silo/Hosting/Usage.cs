namespace VideoGen.Silo.Hosting;

/// <summary>What <c>--help</c> prints.</summary>
internal static class Usage
{
    public const string Text = """
        VideoGen.Silo makes the films of a VideoGen cluster. It answers probes only; VideoGen.Api speaks to users.

        Usage: VideoGen.Silo [--urls http://127.0.0.1:5101] [--Name:Of:Setting value ...]

        Settings, as environment variables (or as arguments, with : for __), beside those of VideoGen.Api:
          ConnectionStrings__redis             -      Redis of the cluster: host:port,password=... or redis://:password@host:port
          Orleans__Endpoints__SiloPort         11111  for the other silos
          Orleans__Endpoints__GatewayPort      30000  for the API processes
          Orleans__Endpoints__AdvertisedIPAddress     address of this machine as the others see it
          VideoGen__DataDirectory              data   pictures and films: one directory for all processes, if not in a bucket

        """;
}
