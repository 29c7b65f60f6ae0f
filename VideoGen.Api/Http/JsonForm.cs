using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoGen.Api.Http;

/// <summary>How the API writes JSON.</summary>
internal static class JsonForm
{
    /// <summary>Options for what is not written by the framework; they look like those of the framework.</summary>
    public static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        return options;
    }

    /// <summary>Sets what differs from the defaults of the web.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.Strict;

        // Answers are application/json with nosniff, never part of a page: scripts in any language stay readable.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }
}
