using System.Text.Json;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.Refusals;
using VideoGen.Silo.Backends.Wire;
using static VideoGen.Grains.Generations.Contract.GenerationErrorCode;

namespace VideoGen.Silo.Backends.ComfyUi;

/// <summary>
/// Classifies the answer to <c>POST /prompt</c>. ComfyUI itself answers 200 or 400 only, everything else comes from a proxy in
/// front of it, and counts as a refusal only where a proxy cannot have passed the request on.
/// </summary>
internal static class ComfySubmitVerdict
{
    public static SubmitOutcome Of(
        Exchange exchange, string submitId, ProviderErrors errors, DateTimeOffset now) => exchange switch
        {
            Exchange.Silence { BodyStarted: false } silence => new SubmitOutcome.NotAccepted(
                errors.Unreachable(silence.Cause), Transient: true, Scope: VerdictScope.Upstream),
            Exchange.Silence silence => new SubmitOutcome.Unknown(errors.Unknown(ProviderErrors.Reason(silence.Cause))),
            Exchange.Reply { IsSuccess: true } reply => reply.Json?.Identifier("prompt_id") is { } id
                ? new SubmitOutcome.Accepted(ComfyFile.JobOf(id, submitId))
                : new SubmitOutcome.Unknown(errors.Unknown("it answered without an id", reply)),
            Exchange.Reply { Status: 400, Json: { } json } reply when json.Get("error") is not null =>
                new SubmitOutcome.NotAccepted(Invalid(json, reply, errors), Transient: false, Scope: VerdictScope.Model),
            Exchange.Reply { Status: 401 or 403 or 404 or 405 or 413 or 429 } reply => Refused(reply, errors, now),
            Exchange.Reply reply => new SubmitOutcome.Unknown(errors.Unknown($"it answered with HTTP {reply.Status}", reply)),
            _ => throw new NotSupportedException(),
        };

    /// <summary>
    /// Whether an accepted graph lost the branch of one of these nodes: ComfyUI answers 200, drops what it cannot run, and runs
    /// the rest.
    /// </summary>
    public static bool LacksBranch(Exchange.Reply reply, IReadOnlyCollection<string> nodes) =>
        reply.Json?.Get("node_errors") is { ValueKind: JsonValueKind.Object } dropped
        && dropped.EnumerateObject().Any(node => nodes.Contains(node.Name) || node.Value.Items("dependent_outputs")
            .Any(output => output.ValueKind is JsonValueKind.String && nodes.Contains(output.GetString()!)));

    /// <summary>The graph cannot run: its operator has to mend it, and other orders need not try.</summary>
    public static GenerationError Invalid(JsonElement json, Exchange.Reply reply, ProviderErrors errors)
    {
        var words = ProviderText.Polish(Words(json));
        return new GenerationError(
            ModelUnavailable, $"{errors.Who} cannot run the workflow.{(words is null ? "" : $" It said: {words}")}",
            Retryable: true, errors.Provider, reply.Status);
    }

    private static SubmitOutcome.NotAccepted Refused(Exchange.Reply reply, ProviderErrors errors, DateTimeOffset now)
    {
        var scope = reply.Status is 413 ? VerdictScope.Order : VerdictScope.Upstream;
        var error = reply.Status is 404 or 405
            ? new GenerationError(ProviderUnavailable, $"There is no ComfyUI at {errors.Keys.Url} (HTTP {reply.Status}).",
                Retryable: true, errors.Provider, reply.Status)
            : errors.Of(reply);
        return new SubmitOutcome.NotAccepted(error, reply.Status is 429, RetryHint.Read(reply, now), scope);
    }

    /// <summary>
    /// The message, and what each node says: <c>{"error":{…},"node_errors":{"3":{"class_type":…,"errors":[…]}}}</c>.
    /// </summary>
    private static string Words(JsonElement json)
    {
        var error = json.Get("error") ?? json;
        var said = error.ValueKind is JsonValueKind.String ? error.GetString() : error.Text("message");
        var details = error.Text("details");
        var nodes = json.Get("node_errors") is { ValueKind: JsonValueKind.Object } list
            ? list.EnumerateObject().SelectMany(node => node.Value.Items("errors").Select(each =>
                $"{node.Value.Text("class_type")}: {each.Text("message")} {each.Text("details")}".Trim()))
            : [];
        return string.Join("; ", new[] { said, details }.Concat(nodes.Take(5)).Where(text => !string.IsNullOrWhiteSpace(text)));
    }
}
