using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Models;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.OpenAiVideos;

/// <summary>What is known about a model of the server, and what keeps it from being used now.</summary>
internal sealed class ServerReport(VideoServer server, ServerProbe probe)
{
    public async Task<ModelReport> OfAsync(string? model, CancellationToken cancellationToken)
    {
        var traits = server.ProfileOf(model)?.ToTraits() ?? ModelTraits.Unprofiled;
        return new ModelReport(traits, Problem(await probe.AskAsync(cancellationToken), model));
    }

    /// <summary>The software is that of the settings: no server of this kind names its own.</summary>
    public async Task<ServerStatus> OfServerAsync(CancellationToken cancellationToken)
    {
        var provider = server.Upstream.Provider;
        return new ServerStatus(
            provider is "auto" ? null : provider, Problem: Problem(await probe.AskAsync(cancellationToken), model: null));
    }

    private string? Problem(Exchange answer, string? model)
    {
        var errors = server.ErrorsOf(model);
        return ServerProbe.Absence(answer, errors)?.Message ?? answer switch
        {
            Exchange.Reply { Status: 401 or 403 } reply => errors.Of(reply).Message,
            Exchange.Reply { IsSuccess: true } reply when model is not null && Listed(reply) is [_, ..] listed
                && !listed.Contains(model, StringComparer.OrdinalIgnoreCase) =>
                $"{server.Upstream.Name} does not list {model} among its models. {server.Upstream.Keys.OtherModel}",
            _ => null,
        };
    }

    private static string[] Listed(Exchange.Reply reply) =>
        [.. reply.Json?.Items("data").Select(model => model.Text("id")).OfType<string>() ?? []];
}
