using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Media;
using VideoGen.Grains.Video;
using VideoGen.ServiceDefaults;
using VideoGen.Silo.Backends.LocalRenders;
using VideoGen.Silo.Backends.Preview;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Tests.Backends;
using VideoGen.Silo.Tests.Backends.LocalRenders;
using VideoGen.Silo.Video;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Video;

public sealed class VideoRegistrationTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_host_with_the_video_tools_starts_and_has_the_preview()
    {
        using var host = Host();

        await host.StartAsync();

        Assert.NotNull(host.Services.GetService<IVideoProcessor>());
        var kind = Assert.Single(host.Services.GetServices<BackendKind>());
        Assert.Equal("preview", kind.Create(host.Services, TestUpstream.Preview).Name);
        await host.StopAsync();
    }

    [Theory]
    [InlineData("VideoGen:Video:MaxConcurrent", "0", "MaxConcurrent")]
    [InlineData("VideoGen:Video:TimeLimit", "00:00:00", "TimeLimit")]
    [InlineData("VideoGen:Video:FfmpegPath", "", "FfmpegPath")]
    [InlineData("VideoGen:Inference:MaxConcurrent", "0", "MaxConcurrent")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string setting, string value, string name)
    {
        using var host = Host((setting, value));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(name, exception.Message);
    }

    [Fact]
    public async Task A_missing_ffmpeg_stops_the_start()
    {
        using var host = Host(("VideoGen:Video:FfmpegPath", "no-such-ffmpeg"));

        await Assert.ThrowsAsync<StartupException>(() => host.StartAsync());
    }

    private IHost Host(params (string Key, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["VideoGen:DataDirectory"] = _directory.Path;
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.Services.AddFileMedia().AddVideoTools().AddPreviewBackend();
        builder.Services.AddSingleton<IRenderSites>(new FakeSites());
        return builder.Build();
    }
}
