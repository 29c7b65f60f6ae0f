using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoGen.Api.Http;

/// <summary>The JSON options of the API.</summary>
internal static class JsonForm
{
    /// <summary>Creates options for content that the framework does not write. They match those of the framework.</summary>
    public static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        return options;
    }

    /// <summary>Applies the differences from the web defaults.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.Strict;

        // Responses are application/json with nosniff and never part of a page, so scripts in any language can stay readable.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }
}
