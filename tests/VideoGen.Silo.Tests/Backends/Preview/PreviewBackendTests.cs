using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Grains.Video;
using VideoGen.Silo.Backends.Preview;
using VideoGen.Silo.Tests.Backends.LocalRenders;
using VideoGen.Silo.Tests.Video;
using VideoGen.Silo.Video;

namespace VideoGen.Silo.Tests.Backends.Preview;

public sealed class PreviewBackendTests : IAsyncLifetime
{
    private static readonly RenderPlan Plan = new();
    private static readonly RenderJob Job = new("a-1", Site: "here");

    private readonly RenderRequest _order = RunnerBench.Order();
    private readonly RunnerBench _bench = new();
    private readonly VideoBench _films = new();

    public async ValueTask InitializeAsync()
    {
        await _bench.StartAsync();
        var picture = await _films.MakeAsync("picture.jpg", "-f lavfi -i testsrc2=s=600x600 -frames:v 1");
        await UploadAsync(await File.ReadAllBytesAsync(picture));
    }

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        _films.Dispose();
    }

    [Fact]
    public async Task An_order_becomes_a_stored_film_of_the_asked_shape_with_progress_on_the_way()
    {
        var backend = Backend();
        Assert.Equal(new SubmitOutcome.Accepted(Job), await SubmitAsync(backend));

        var progress = new List<double>();
        var outcome = await EndAsync(backend, running => progress.Add(running.Progress ?? 0));
        var rendered = Assert.IsType<PollOutcome.Rendered>(outcome);
        var fetched = await backend.FetchAsync(_order, Plan, Job, rendered.Result, CancellationToken.None);

        Assert.Equal(progress.Order(), progress);
        Assert.Contains(progress, value => value is > 0 and < 1);
        var original = Assert.IsType<FetchOutcome.Stored>(fetched).Original;
        using var film = await _bench.Media.LeaseAsync(MediaKind.Original, original.Name, CancellationToken.None);
        Assert.True(new VideoShape(3, 512, 512).Fits(await _films.FactsAsync(film!.Path)));
        var bytes = await File.ReadAllBytesAsync(film.Path);
        Assert.Equal(
            new StoredMedia("a-1.mp4", bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))), original);
    }

    [Fact]
    public async Task A_picture_that_is_to_be_shown_whole_has_bars_also_where_no_shape_is_named()
    {
        var picture = await _films.MakeAsync("wide.jpg", "-f lavfi -i color=lime:s=800x400 -frames:v 1");
        await UploadAsync(await File.ReadAllBytesAsync(picture));
        var order = _order with { Request = _order.Request with { Fit = Fit.Contain } };
        var backend = Backend();
        await SubmitAsync(backend, order);

        var rendered = Assert.IsType<PollOutcome.Rendered>(await EndAsync(backend, _ => { }));
        await backend.FetchAsync(order, Plan, Job, rendered.Result, CancellationToken.None);

        using var film = await _bench.Media.LeaseAsync(MediaKind.Original, order.OriginalName, CancellationToken.None);
        var frame = (await VideoBench.ColorAsync(film!.Path, 64))[0].Chunk(3).ToList();
        Assert.True(frame[0][1] < 40, "The picture is cropped.");
        Assert.True(frame[(32 * 64) + 2][1] > 200, "The picture is not there.");
    }

    [Fact]
    public async Task An_order_without_its_picture_is_refused()
    {
        await _bench.Media.DeleteAsync(MediaKind.Upload, _order.Request.CharacterImage, CancellationToken.None);

        var refused = Assert.IsType<PlanOutcome.Refused>(await Backend().PlanAsync(_order, CancellationToken.None));

        Assert.Equal((GenerationErrorCode.ImageMissing, false), (refused.Error.Code, refused.Error.Retryable));
    }

    [Fact]
    public async Task A_picture_that_goes_missing_fails_the_render()
    {
        var backend = Backend();
        var planned = Assert.IsType<PlanOutcome.Planned>(await backend.PlanAsync(_order, CancellationToken.None));
        await _bench.Media.DeleteAsync(MediaKind.Upload, _order.Request.CharacterImage, CancellationToken.None);
        await planned.Submit();

        Assert.Equal(GenerationErrorCode.ImageMissing, Assert.IsType<PollOutcome.Failed>(await EndAsync(backend)).Error.Code);
    }

    [Fact]
    public async Task A_picture_that_ffmpeg_can_not_read_fails_with_a_sentence_and_no_path()
    {
        await UploadAsync("not a picture"u8.ToArray());
        var backend = Backend();
        await SubmitAsync(backend);

        var error = Assert.IsType<PollOutcome.Failed>(await EndAsync(backend)).Error;

        Assert.Equal(GenerationErrorCode.RenderFailed, error.Code);
        Assert.DoesNotContain("character_a", error.Message);
    }

    [Theory]
    [InlineData(Fit.Cover)]
    [InlineData(Fit.Contain)]
    public async Task A_picture_that_cannot_be_measured_for_a_shape_fails_with_a_sentence(Fit fit)
    {
        await UploadAsync("not a picture"u8.ToArray());
        var backend = Backend();
        await SubmitAsync(backend, _order with { Request = _order.Request with { AspectRatio = "16:9", Fit = fit } });

        var error = Assert.IsType<PollOutcome.Failed>(await EndAsync(backend)).Error;

        Assert.Equal(GenerationErrorCode.InputRejected, error.Code);
    }

    [Fact]
    public async Task Another_process_that_finds_the_film_in_the_store_takes_it()
    {
        await _bench.SaveAsync(MediaKind.Original, _order.OriginalName, new byte[3]);

        Assert.IsType<PollOutcome.Rendered>(await Backend().PollAsync(_order, Plan, Job, CancellationToken.None));
    }

    [Fact]
    public async Task A_job_that_nobody_knows_is_lost()
    {
        Assert.Equal(
            GenerationErrorCode.JobLost,
            Assert.IsType<PollOutcome.Lost>(await Backend().PollAsync(_order, Plan, Job, CancellationToken.None)).Error.Code);
        Assert.IsType<FetchOutcome.Failed>(
            await Backend().FetchAsync(_order, Plan, Job, new RenderResult("a-1.mp4"), CancellationToken.None));
        Assert.Equal(CancelOutcome.NotPossible, await Backend().CancelAsync(_order, Plan, Job, CancellationToken.None));
    }

    [Fact]
    public async Task Without_ffmpeg_it_waits_and_goes_on_when_ffmpeg_is_back()
    {
        var options = new VideoOptions { FfmpegPath = "no-such-ffmpeg" };
        var backend = Backend(options);
        await SubmitAsync(backend);
        var waiting = Assert.IsType<PollOutcome.Unavailable>(await EndAsync(backend));
        Assert.Equal(GenerationErrorCode.ToolUnavailable, waiting.Error.Code);
        Assert.IsType<PollOutcome.Unavailable>(await backend.PollAsync(_order, Plan, Job, CancellationToken.None));

        options.FfmpegPath = "ffmpeg";
        _bench.Time.Advance(waiting.RetryAfter!.Value);

        Assert.IsType<PollOutcome.Rendered>(await EndAsync(backend));
    }

    [Fact]
    public async Task Canceling_ends_ffmpeg_and_is_confirmed()
    {
        var backend = Backend(new VideoOptions { FfmpegPath = await _films.ScriptAsync("ffmpeg", "exec sleep 600") });
        await SubmitAsync(backend);

        Assert.Equal(CancelOutcome.Confirmed, await backend.CancelAsync(_order, Plan, Job, CancellationToken.None));

        Assert.IsType<PollOutcome.Lost>(await backend.PollAsync(_order, Plan, Job, CancellationToken.None));
    }

    [Fact]
    public async Task A_process_that_stops_takes_no_order()
    {
        await _bench.Runner.StopAsync(CancellationToken.None);

        var outcome = await SubmitAsync(Backend());

        Assert.True(Assert.IsType<SubmitOutcome.NotAccepted>(outcome).Transient);
    }

    private PreviewBackend Backend(VideoOptions? options = null) => new(
        TestUpstream.Preview,
        new Ffmpeg(Options.Create(options ?? new VideoOptions()), TimeProvider.System, NullLogger<Ffmpeg>.Instance),
        _bench.Runner, new FakeSites(), _bench.Media, _bench.Time);

    private async Task<SubmitOutcome> SubmitAsync(PreviewBackend backend, RenderRequest? order = null) =>
        await Assert.IsType<PlanOutcome.Planned>(await backend.PlanAsync(order ?? _order, CancellationToken.None)).Submit();

    private Task<StoredMedia> UploadAsync(byte[] jpeg) =>
        _bench.SaveAsync(MediaKind.Upload, _order.Request.CharacterImage, jpeg);

    /// <summary>Polls as a grain does, until there is something else to say than that it runs.</summary>
    private async Task<PollOutcome> EndAsync(PreviewBackend backend, Action<PollOutcome.Running>? onRunning = null)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (await backend.PollAsync(_order, Plan, Job, deadline.Token) is var outcome)
        {
            if (outcome is not PollOutcome.Running running)
            {
                return outcome;
            }

            Assert.Equal(TimeSpan.Zero, running.PollAfter);
            onRunning?.Invoke(running);
        }

        throw new InvalidOperationException();
    }
}
