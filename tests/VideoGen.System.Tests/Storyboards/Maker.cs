using VideoGen.FakeHub;
using VideoGen.FakeHub.Requests;
using VideoGen.SystemTests.Servers.Gpus;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Storyboards;

/// <summary>
/// A standalone product and who makes its videos: itself as previews, or one of the stand-ins, which keep books.
/// </summary>
internal sealed class Maker : IAsyncDisposable
{
    public const string Previews = "previews";
    public const string Paid = "a paid provider";
    public const string Comfy = "ComfyUI";

    private readonly GpuServer? _gpu;

    private Maker(ApiProcess api, FakeHubServer? hub, GpuServer? gpu) => (Api, Hub, _gpu) = (api, hub, gpu);

    public ApiProcess Api { get; }

    public HttpClient Client => Api.Client;

    /// <summary>The paid provider, where it makes the videos.</summary>
    public FakeHubServer? Hub { get; }

    /// <summary>How many videos were charged; null where there are no books.</summary>
    public int? Charged => Hub?.Submits.All.Count(submit => submit.Fate is SubmitFate.Accepted)
        ?? _gpu?.Lines.Count(line => line.Event is GpuEvent.Charged);

    public static async Task<Maker> StartAsync(string who, params (string, string)[] settings)
    {
        switch (who)
        {
            case Previews:
                return new(await ApiProcess.StartAsync(settings), null, null);
            case Paid:
                var hub = await Testing.Hub.StartAsync();
                hub.Settings.Current = hub.Settings.Current with { ShapedFilms = true };
                return new(await ApiProcess.StartAsync([.. hub.Settings("fal-ai"), .. settings]), hub, null);
            default:
                var gpu = await GpuServer.StartAsync("comfyui", pays: true, seconds: 0.1);
                return new(
                    await GpuServer.StartProductAsync(
                        [.. gpu.Settings("gpu"), ("VideoGen__DefaultModel", "gpu"), .. settings]),
                    null, gpu);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        if (Hub is not null)
        {
            await Hub.DisposeAsync();
        }

        if (_gpu is not null)
        {
            await _gpu.DisposeAsync();
        }
    }
}
