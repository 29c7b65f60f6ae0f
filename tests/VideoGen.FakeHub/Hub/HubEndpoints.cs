using System.Text.Json.Nodes;
using VideoGen.FakeHub.Faults;
using VideoGen.FakeHub.Router;

namespace VideoGen.FakeHub.Hub;

internal static class HubEndpoints
{
    public static void MapHub(this WebApplication app)
    {
        var hub = app.MapGroup("/api").AddEndpointFilter(Access.NumberAsync);
        hub.MapGet("/models/{owner}/{name}", GetModel);
        hub.MapGet("/whoami-v2", GetIdentity);
    }

    private static Answer GetModel(string owner, string name, HttpContext context, ModelCatalogue models, FaultBook faults)
    {
        var id = $"{owner}/{name}";
        if (faults.TakeForMapping(id) is { } fault)
        {
            return fault.Fault is FaultKind.EmptyMapping
                ? Answer.Json(Model(id, null, context.Request.Query))
                : Refusal(fault.Status ?? 404, fault);
        }

        if (Access.TokenOf(context) is Access.Invalid)
        {
            return Refusal(401);
        }

        return models.TryFind(id, out var mapping) ? Answer.Json(Model(id, mapping, context.Request.Query)) : Refusal(404);
    }

    private static JsonObject Model(string id, JsonNode? mapping, IQueryCollection query)
    {
        var model = new JsonObject { ["_id"] = "6880000000000000000000aa", ["id"] = id };
        var expand = query["expand[]"].Concat(query["expand"]).ToList();
        if (mapping is not null && expand.Contains("inferenceProviderMapping"))
        {
            model["inferenceProviderMapping"] = mapping.DeepClone();
        }

        if (mapping is not null && expand.Contains("inference"))
        {
            model["inference"] = "warm";
        }

        return model;
    }

    private static Answer GetIdentity(HttpContext context) => Access.TokenOf(context) is null or Access.Invalid
        ? Refusal(401)
        : Answer.Json(new JsonObject { ["type"] = "user", ["name"] = "fake-user", ["isPro"] = false });

    private static Answer Refusal(int status, FaultRule? fault = null) => status switch
    {
        401 => Refusals.For(401, "") with { Headers = [("X-Error-Message", "Invalid username or password.")] },
        404 => Refusals.Error(404, "Repository not found") with
        {
            Headers = [("X-Error-Code", "RepoNotFound"), ("X-Error-Message", "Repository not found")],
        },
        _ => Refusals.For(status, "", fault),
    };
}
