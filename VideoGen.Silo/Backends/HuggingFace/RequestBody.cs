using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.HuggingFace.Providers;
using VideoGen.Silo.Backends.Models;
using VideoGen.Silo.Backends.Pictures;

namespace VideoGen.Silo.Backends.HuggingFace;

/// <summary>The bytes of a request body and their SHA-256. The same request, picture and model give the same bytes.</summary>
internal sealed record RequestBody(byte[] Json, string Hash)
{
    // The default encoder writes every + of base64 as \u002B.
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static RequestBody Make(
        RenderRequest render, VideoProvider provider, ProviderModel model, string hubModel, byte[] picture,
        IReadOnlyList<byte[]> references, ModelProfiles profiles)
    {
        var request = render.Request;
        var frame = PictureFrame.ModelFrame(picture, request);
        var parameters = profiles.Parameters(provider.Id, model.Id, request, frame);
        var inline = InlinePicture.Encode(PictureFrame.ForModel(picture, request), provider.LongestPicture);
        if (profiles.Find(provider.Id, model.Id)?.References is { } rule && references.Count > 0)
        {
            parameters[rule.Field] = new JsonArray(
                [.. references.Select(reference => InlinePicture.Encode(reference, provider.LongestPicture))]);
        }

        var input = new RenderInput(model, hubModel, inline, request.Prompt, parameters);
        var json = JsonSerializer.SerializeToUtf8Bytes(provider.Body(input), Relaxed);
        return new RequestBody(json, Convert.ToHexStringLower(SHA256.HashData(json)));
    }
}
