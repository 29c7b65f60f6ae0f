using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Models;
using VideoGen.Silo.Backends.Pictures;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Backends.Endpoint;

/// <summary>
/// The request body: <c>{"inputs":"base64","parameters":{…}}</c>, the form of the Hugging Face toolkit, or the bytes of the
/// picture alone, which that toolkit also accepts.
/// </summary>
internal sealed record EndpointRequest(byte[] Body, string Type)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static EndpointRequest Make(
        RenderRequest request, string model, byte[] original, bool isPictureOnly, ModelProfiles profiles)
    {
        var picture = PictureFrame.ForModel(original, request.Request);
        if (isPictureOnly)
        {
            return new EndpointRequest(picture, InlinePicture.TypeOf(picture));
        }

        var profile = profiles.Find(BackendNames.Endpoint, model);
        var parameters = profile?.Parameters(request.Request, PictureFrame.ModelFrame(original, request.Request)) ?? [];
        if (profile?.Script != false)
        {
            parameters.Insert(0, "prompt", request.Request.Prompt);
        }

        var json = new JsonObject { ["inputs"] = Convert.ToBase64String(picture), ["parameters"] = parameters };
        return new EndpointRequest(JsonSerializer.SerializeToUtf8Bytes(json, Relaxed), "application/json");
    }

    // The toolkit accepts application/json only without a charset. With Accept: video/mp4 it answers 400 after the render, so no
    // Accept header is sent.
    public HttpRequestMessage ToRequest(Uri endpoint) => new(HttpMethod.Post, endpoint)
    {
        Content = new ByteArrayContent(Body) { Headers = { ContentType = new MediaTypeHeaderValue(Type) } },
        Headers = { { "X-Scale-Up-Timeout", "600" } }, // seconds the proxy may hold the call while a replica starts
    };
}
