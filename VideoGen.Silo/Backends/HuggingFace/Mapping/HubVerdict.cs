using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.HuggingFace.Providers;
using VideoGen.Silo.Backends.Refusals;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Silo.Backends.Wire;
using static VideoGen.Grains.Generations.Contract.GenerationErrorCode;

namespace VideoGen.Silo.Backends.HuggingFace.Mapping;

/// <summary>
/// Classifies the Hub's answer about a model. The Hub answers 401 for a bad token, and also for a model that is private or does
/// not exist.
/// </summary>
internal static class HubVerdict
{
    public static MappingAnswer Of(Exchange exchange, string model, UpstreamKeys keys, DateTimeOffset now)
    {
        var errors = new ProviderErrors("The Hugging Face Hub", null, model, keys);
        return exchange switch
        {
            Exchange.Reply { IsSuccess: true, Json: { } json } => new MappingAnswer.Known(ProviderMapping.ReadAll(json)),
            Exchange.Reply { IsSuccess: true } reply => new MappingAnswer.Unavailable(errors.Unreadable(reply), null),
            Exchange.Reply { Status: 404 } reply => Refused(reply, ModelUnavailable, NotFound(model, keys)),
            Exchange.Reply { Status: 401 or 403 } reply when reply.Header("X-Error-Code") is "RepoNotFound" or "GatedRepo" =>
                Refused(reply, ModelUnavailable, NotFound(model, keys)),
            Exchange.Reply { Status: 401 } reply => Refused(reply, TokenRefused,
                $"The Hugging Face Hub refused the token, or the token has no access to {model}. Set {keys.Token} to a " +
                $"valid token and check {keys.Model}."),
            Exchange.Reply { Status: 403 } reply => new MappingAnswer.Refused(errors.Of(reply), VerdictScope.Upstream),
            Exchange.Reply reply => new MappingAnswer.Unavailable(errors.Of(reply), RetryHint.Read(reply, now)),
            Exchange.Silence silence => new MappingAnswer.Unavailable(errors.Unreachable(silence.Cause), null),
            _ => throw new NotSupportedException(),
        };
    }

    private static MappingAnswer.Refused Refused(Exchange.Reply reply, string code, string sentence) =>
        new(new GenerationError(code, sentence, Retryable: true, null, reply.Status, reply.RequestId),
            code == ModelUnavailable ? VerdictScope.Model : VerdictScope.Upstream);

    private static string NotFound(string model, UpstreamKeys keys) =>
        $"The Hugging Face Hub has no model {model} that this token can access. Check {keys.Model}.";
}
