using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using VideoGen.Api.Characters;
using VideoGen.Api.Generations;
using VideoGen.Api.Health;
using VideoGen.Api.Live;
using VideoGen.Api.Webhooks;

namespace VideoGen.Api.Hosting;

/// <summary>Serialization of everything the API answers with, without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(HealthResource))]
[JsonSerializable(typeof(CharacterResource))]
[JsonSerializable(typeof(GenerationResource))]
[JsonSerializable(typeof(IReadOnlyList<GenerationResource>))]
[JsonSerializable(typeof(GenerationLogResource))]
[JsonSerializable(typeof(WebhookLogResource))]
[JsonSerializable(typeof(Ready))]
[JsonSerializable(typeof(DeletedGeneration))]
[JsonSerializable(typeof(GenerateVideoRequest))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>The same form for what is not written by the framework.</summary>
    public static ApiJson Readable { get; } = CreateReadable();

    public static void Apply(JsonSerializerOptions options)
    {
        options.TypeInfoResolverChain.Insert(0, Default);
        Form(options);
    }

    private static void Form(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.Strict;

        // Answers are application/json with nosniff, never part of a page: scripts in any language stay readable.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }

    private static ApiJson CreateReadable()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Form(options);
        return new ApiJson(options);
    }
}
