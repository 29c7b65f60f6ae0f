namespace VideoGen.Silo.Hosting;

/// <summary>What <c>--help</c> prints.</summary>
internal static class Usage
{
    public const string Text = """
        VideoGen.Silo renders the videos of a VideoGen cluster. It serves health probes only; VideoGen.Api serves users.

        Usage: VideoGen.Silo [--urls http://127.0.0.1:5101] [--Name:Of:Setting value ...]
               VideoGen.Silo models [check ID]   (lists the models, or checks one, see models --help)

        Settings, as environment variables (or as arguments, with : for __), in addition to those of VideoGen.Api:
          ConnectionStrings__redis             -      the cluster's Redis: host:port,password=... or redis://:password@host:port
          Orleans__Endpoints__SiloPort         11111  port for the other silos
          Orleans__Endpoints__GatewayPort      30000  port for the API processes
          Orleans__Endpoints__AdvertisedIPAddress     address at which the others reach this machine
          VideoGen__DataDirectory              data   pictures and videos: one shared directory, unless in a bucket

        """;
}
