using System.Text.Json;
using VideoGen.FakeComfy.Books;
using VideoGen.FakeComfy.Faults;
using VideoGen.FakeComfy.Graphs;
using VideoGen.FakeComfy.Lives;

namespace VideoGen.FakeComfy.Prompts;

/// <summary><c>POST /prompt</c>, with the faults that strike submits.</summary>
internal sealed class SubmitDesk(Life life, GraphValidator validator)
{
    private static readonly string[] Secrets = ["auth_token_comfy_org", "api_key_comfy_org"];

    public async Task<IResult> SubmitAsync(HttpContext context)
    {
        JsonElement body;
        try
        {
            using var read = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            body = read.RootElement.Clone();
        }
        catch (JsonException)
        {
            return Results.Text("500 Internal Server Error\n\nServer got itself in trouble", statusCode: 500);
        }

        var submit = Submit.Read(body, life.State.Settings.IsAtLeast(0, 25));
        if (submit.Error is { } mistake)
        {
            return Refuse(submit, submit.ErrorType!, mistake);
        }

        var faults = life.State.Faults.Take(
            FaultKind.DropBeforeAccept, FaultKind.RestartAfterAccept, rule => Fits(rule, context, submit.Graph!));
        FaultRule? Fault(FaultKind kind) => faults.FirstOrDefault(rule => rule.Fault == kind);
        if (Fault(FaultKind.DropBeforeAccept) is not null)
        {
            return Drop(submit, "connection");
        }

        if (Fault(FaultKind.RestartBeforeAccept) is { } restart)
        {
            life.Restart(restart.Time());
            return Drop(submit, "restart");
        }

        if (Fault(FaultKind.SlowValidation) is { } slow && !await WaitAsync(slow.Time(5)))
        {
            return Drop(submit, "restart");
        }

        return Accept(submit, Fault);
    }

    private IResult Accept(Submit submit, Func<FaultKind, FaultRule?> fault)
    {
        var graph = submit.Graph!;
        var validation = validator.Validate(graph);
        if (validation.Error is { } error)
        {
            return Refuse(submit, validation.ErrorType!, error, validation.NodeErrors);
        }

        if (fault(FaultKind.NodeErrors) is not null)
        {
            validation = GraphValidator.Drop(graph, validation, validation.Outputs[^1]);
        }

        var state = life.State;
        var number = submit.Number ?? (submit.IsFirst ? -life.NextNumber() : life.NextNumber());
        var nodes = graph.Upstream(validation.Outputs);
        var run = new Run(
            state.NextSerial(), number, submit.Id!, submit.AskedId, submit.ClientId, graph, ExtraOf(submit), validation.Outputs,
            nodes.Any(node => state.Settings.FindClass(node.Class!)?.IsPartner ?? false),
            state.Faults.Take(FaultKind.FailRun, FaultKind.RenderTime, rule => Fits(rule, null, graph)), state.Now);
        state.Graphs.Add(run.Id, run);
        if (!life.Queue.TryPut(run))
        {
            return Drop(submit, "restart");
        }

        life.Sockets.SendStatus(life.Queue.Remaining);
        if (fault(FaultKind.RestartAfterAccept) is { } restart)
        {
            life.Restart(restart.Time());
            return new Hangup();
        }

        if (fault(FaultKind.AcceptThenDrop) is not null)
        {
            return new Hangup();
        }

        return fault(FaultKind.AcceptThenBadGateway) is not null
            ? new ProxyPage(StatusCodes.Status502BadGateway)
            : Results.Json(new { prompt_id = run.Id, number, node_errors = validation.NodeErrors });
    }

    /// <summary>Waits whether or not the client has left; false when the server dies meanwhile.</summary>
    private async Task<bool> WaitAsync(TimeSpan pause)
    {
        var wait = Task.Delay(pause, life.State.Time, life.Token);
        await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return wait.IsCompletedSuccessfully;
    }

    private Dictionary<string, JsonElement> ExtraOf(Submit submit)
    {
        var extra = submit.Extra.Where(entry => !Secrets.Contains(entry.Key)).ToDictionary();
        if (submit.ClientId is not null)
        {
            extra["client_id"] = JsonSerializer.SerializeToElement(submit.ClientId);
        }

        extra["create_time"] = JsonSerializer.SerializeToElement(life.State.Now);
        return extra;
    }

    private IResult Refuse(Submit submit, string type, object error, object? nodeErrors = null)
    {
        Book(BookEvent.Refused, submit, type);
        return Results.Json(ValidationErrors.Body(error, nodeErrors), statusCode: StatusCodes.Status400BadRequest);
    }

    private Hangup Drop(Submit submit, string reason)
    {
        Book(BookEvent.Dropped, submit, reason);
        return new();
    }

    private void Book(BookEvent kind, Submit submit, string reason) => life.State.Books.Add(
        new(0, default, kind, null, submit.AskedId, null, submit.Graph?.Seed, submit.Graph?.Prefix, reason));

    private static bool Fits(FaultRule rule, HttpContext? context, Graph graph) =>
        (rule.Text is null || graph.Source.Contains(rule.Text, StringComparison.Ordinal))
        && (rule.Path is null || (context?.Request.Path.Value?.Contains(rule.Path, StringComparison.Ordinal) ?? true));

    private sealed class Hangup : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Abort();
            return Task.CompletedTask;
        }
    }

    private sealed class ProxyPage(int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => RequestFaults.AnswerAsProxyAsync(httpContext, status);
    }
}
