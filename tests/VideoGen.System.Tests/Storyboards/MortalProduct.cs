using CliWrap;
using CliWrap.Buffered;
using VideoGen.FakeHub;
using VideoGen.SystemTests.Servers.Gpus;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Storyboards;

/// <summary>
/// A product that is killed part by part. A paid provider and a GPU server of one's own make its videos; the GPU server is one of
/// the parts, and loses what it has in hand.
/// </summary>
internal abstract class MortalProduct(FakeHubServer hub, GpuServer gpu) : IAsyncDisposable
{
    /// <summary>The model of the paid provider.</summary>
    public const string Paid = "paid";

    /// <summary>The model of the GPU server, whose videos cost nothing.</summary>
    public const string Free = "free";

    public FakeHubServer Hub => hub;

    public abstract HttpClient Client { get; }

    /// <summary>Where the product keeps its media.</summary>
    public abstract string DataDirectory { get; }

    /// <summary>What can be killed; those that are listed twice are killed twice as often.</summary>
    public abstract IReadOnlyList<string> Parts { get; }

    public static async Task<MortalProduct> StartAsync(bool isCluster)
    {
        var hub = await Testing.Hub.StartAsync();
        hub.Settings.Current = hub.Settings.Current with { ShapedFilms = true };
        var gpu = await GpuServer.StartAsync("comfyui", seconds: 0.3);
        (string, string)[] settings =
        [
            .. hub.Settings("fal-ai"), .. gpu.Settings(Free),
            ($"VideoGen__Models__{Paid}__Upstream", "huggingface"), ($"VideoGen__Models__{Paid}__Name", Testing.Hub.Model),
            ("VideoGen__DefaultModel", Paid), ("VideoGen__Inference__MaxConcurrent", "16"),
            ("VideoGen__Generation__MaxAttempts", "20"),    // the GPU server may be killed at each of them
            ("VideoGen__Generation__SuspectTime", "00:00:18"),    // its list of jobs may lack a new one for 15 s
        ];
        return isCluster
            ? await MortalCluster.StartAsync(hub, gpu, settings)
            : new MortalProcess(hub, gpu, await ApiProcess.StartAsync(settings));
    }

    /// <summary>SIGKILL for a part, and a new start of it.</summary>
    public virtual Task KillAsync(string part, Random random) => gpu.RestartAsync();

    /// <summary>The reminders that are left, by grain and name.</summary>
    public async Task<IReadOnlyList<string>> RemindersAsync()
    {
        List<string> reminders = [];
        foreach (var key in Lines(await AskStoreAsync("keys", "*/reminders*")))
        {
            reminders.AddRange(Lines(await AskStoreAsync("hkeys", key)));
        }

        return reminders;
    }

    public virtual async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        await gpu.DisposeAsync();
    }

    protected abstract Task<string> AskStoreAsync(params string[] command);

    private static string[] Lines(string answer) =>
        answer.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>All in one process.</summary>
internal sealed class MortalProcess(FakeHubServer hub, GpuServer gpu, ApiProcess api) : MortalProduct(hub, gpu)
{
    public override HttpClient Client => api.Client;

    public override string DataDirectory => api.DataDirectory;

    public override IReadOnlyList<string> Parts => ["product", "product", "product", "GPU server"];

    public override async Task KillAsync(string part, Random random)
    {
        if (part != "product")
        {
            await base.KillAsync(part, random);
            return;
        }

        await api.KillAsync();
        if (random.Next(4) == 0)
        {
            api.Launch();
            await Task.Delay(random.Next(2500));    // the random moment is the test
            await api.KillAsync();
        }

        await api.RestartAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>The store of the process listens at a socket in its data directory.</summary>
    protected override async Task<string> AskStoreAsync(params string[] command)
    {
        var socket = Directory.GetFiles(DataDirectory, "store.sock", SearchOption.AllDirectories).Single();
        var answer = await Cli.Wrap("redis-cli").WithArguments(["-s", socket, .. command]).ExecuteBufferedAsync();
        return answer.StandardOutput;
    }
}
