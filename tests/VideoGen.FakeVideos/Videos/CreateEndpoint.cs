using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.FakeVideos.Books;
using VideoGen.FakeVideos.Dialects;
using VideoGen.FakeVideos.Faults;
using VideoGen.FakeVideos.Jobs;

namespace VideoGen.FakeVideos.Videos;

/// <summary><c>POST /v1/videos</c> with its faults.</summary>
internal sealed class CreateEndpoint(
    JobStore jobs, JobRunner runner, RequestReader reader, FaultBook faults, VideosBooks books, VideosSettingsBoard settings,
    KillSwitch life, TimeProvider time)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<IResult> CreateAsync(HttpContext context)
    {
        var dialect = DialectShape.Of(settings.Current.Dialect);
        if (Spoil(dialect, prompt: null, read: false) is { } unread)
        {
            return unread;
        }

        CreateFields? fields;
        IResult? refusal;
        try
        {
            (fields, refusal) = await CreateFields.ReadAsync(context, dialect);
        }
        catch (Exception exception) when (exception is BadHttpRequestException || context.RequestAborted.IsCancellationRequested)
        {
            books.Add(BookEvent.CreateDropped, note: "the client left before it had sent everything");
            return new Hangup();
        }

        if (fields is null)
        {
            return Refuse(refusal!, null);
        }

        if (Spoil(dialect, fields["prompt"], read: true) is { } read)
        {
            return read;
        }

        (var request, refusal) = refusal is null ? reader.Read(fields, dialect) : (null, refusal);
        return request is null ? Refuse(refusal!, fields) : await AcceptAsync(context, dialect, request);
    }

    private async Task<IResult> AcceptAsync(HttpContext context, DialectShape dialect, VideoRequest request)
    {
        var job = new VideoJob(dialect.NewId(), request, time.GetUtcNow());
        var shown = dialect.Show(job, VideosEndpoints.SceneOf(context, settings, time));
        if (!runner.Accept(job))
        {
            return life.Dead.IsCancellationRequested ? new Hangup() : dialect.Error(503, "Too many videos are waiting.");
        }

        if (Take(FaultKind.DropCreateAfter) is not null)
        {
            return new Hangup();
        }

        if (Take(FaultKind.RestartAfterCreate) is { } restart)
        {
            life.Restart(restart.Time(0));
            return new Hangup();
        }

        if (Take(FaultKind.SlowCreate) is { } slow)
        {
            await Task.Delay(slow.Time(5), time, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (Take(FaultKind.BadGatewayAfterCreate) is { } page)
        {
            return ProxyPage.For(page);
        }

        if (Take(FaultKind.CompletedAtOnce) is not null)
        {
            await runner.WaitAsync(job.Id, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return AtOnce(context, job.Id, dialect, shown);
        }

        if (Take(FaultKind.NoId) is not null)
        {
            shown.Remove("id");
            shown.Remove("task_id");
        }

        return Results.Json(shown);

        FaultRule? Take(FaultKind kind) => faults.Take(VideosRoute.Create, request.Prompt, kind);
    }

    private IResult AtOnce(HttpContext context, string id, DialectShape dialect, JsonObject shown)
    {
        if (jobs.Find(id) is not { VideoFile: { } file } job)
        {
            return dialect.Error(500, "Video generation failed");
        }

        return Results.Json(new JsonObject
        {
            ["id"] = id,
            ["object"] = "video",
            ["model"] = shown["model"]?.DeepClone(),
            ["status"] = "completed",
            ["progress"] = 100,
            ["created"] = job.CreatedAt.ToUnixTimeSeconds(),
            ["data"] = new JsonArray(new JsonObject { ["url"] = $"{VideosEndpoints.RootOf(context)}/storage/{file}?video={id}" }),
            ["error"] = null,
        });
    }

    /// <summary>The fault of a create without a job, if one strikes.</summary>
    private IResult? Spoil(DialectShape dialect, string? prompt, bool read)
    {
        var rule = faults.Take(
            VideosRoute.Create, prompt, read, FaultKind.DropCreateBefore, FaultKind.RestartBeforeCreate, FaultKind.Unauthorized,
            FaultKind.BadGateway);
        if (rule is null)
        {
            return null;
        }

        var isDropped = rule.Fault is FaultKind.DropCreateBefore or FaultKind.RestartBeforeCreate;
        books.Add(isDropped ? BookEvent.CreateDropped : BookEvent.CreateRefused, prompt: prompt, note: $"fault {rule.Fault}");
        if (rule.Fault == FaultKind.RestartBeforeCreate)
        {
            life.Restart(rule.Time(0));
        }

        return isDropped ? new Hangup() : rule.Fault == FaultKind.BadGateway ? ProxyPage.For(rule) : dialect.Unauthorized();
    }

    private IResult Refuse(IResult refusal, CreateFields? fields)
    {
        var status = (refusal as IStatusCodeHttpResult)?.StatusCode;
        var body = ((refusal as IValueHttpResult)?.Value as JsonObject)?.ToJsonString(Readable);
        books.Add(
            BookEvent.CreateRefused, prompt: fields?["prompt"], size: fields?["size"], seconds: fields?["seconds"],
            note: $"{status} {body}");
        return refusal;
    }
}
