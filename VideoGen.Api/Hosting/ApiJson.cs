using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using VideoGen.Api.Characters;
using VideoGen.Api.Events;
using VideoGen.Api.Generations;
using VideoGen.Api.Health;
using VideoGen.Api.Http;
using VideoGen.Api.Models;
using VideoGen.Api.OpenAi;
using VideoGen.Api.Storyboards;
using VideoGen.Api.Uploads;
using VideoGen.Api.Webhooks;

namespace VideoGen.Api.Hosting;

/// <summary>JSON serialization of all API responses.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(HealthResource))]
[JsonSerializable(typeof(PictureResource))]
[JsonSerializable(typeof(CharacterResource))]
[JsonSerializable(typeof(IReadOnlyList<CharacterResource>))]
[JsonSerializable(typeof(CharacterRequest))]
[JsonSerializable(typeof(CharacterPatch))]
[JsonSerializable(typeof(IReadOnlyList<ModelResource>))]
[JsonSerializable(typeof(WebhookLogResource))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    public static void Apply(JsonSerializerOptions options)
    {
        JsonSerializerContext[] resolvers =
            [EventJson.Default, GenerationJson.Default, StoryboardJson.Default, OpenAiJson.Default, Default];
        foreach (var resolver in resolvers)
        {
            options.TypeInfoResolverChain.Insert(0, resolver);
        }

        JsonForm.Apply(options);
    }
}
