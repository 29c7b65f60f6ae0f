using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using VideoGen.Api.Http;
using VideoGen.Api.RateLimiting;
using VideoGen.Api.Uploads;
using VideoGen.Grains.Media;

namespace VideoGen.Api.OpenAi;

/// <summary>
/// Reads a request as a form or as JSON, in every way in which SDKs write it. The picture, or the JSON that contains it, is
/// buffered as an upload is, and within the same limits.
/// </summary>
internal sealed class VideoBodyReader(
    UploadLimiter limiter, IOptions<UploadOptions> options, IMediaStore media, IStorageHeadroom headroom)
{
    private const string OnePicture = "Send exactly one picture: a file, an image_url or a file_id.";

    /// <summary>The maximum size of a field of a form besides the picture.</summary>
    private const int MaxField = 128 * 1024;

    /// <summary>The maximum size of a body: a picture in base64, with the signs of it that some programs escape.</summary>
    private long MaxBody => (options.Value.MaxUploadBytes * 3L / 2) + UploadForm.EnvelopeBytes;

    /// <summary>Reads a body, which is small if it has no picture.</summary>
    public async Task<VideoBodyOutcome> ReadAsync(HttpContext context, bool hasPicture = true)
    {
        var limit = hasPicture ? MaxBody : MaxField;
        if (!BodyLimit.Admit(context, limit))
        {
            return Problem.BodyTooLarge(limit);
        }

        using var arriving = limiter.Arrive();
        if (!arriving.IsAcquired)
        {
            return Problem.UploadsBusy(context.Response);
        }

        UploadRate.Require(context);
        await using var buffer = new UploadBuffer(media, headroom);
        return UploadForm.Boundary(context.Request.ContentType) is { } boundary
            ? await ReadFormAsync(context, boundary, buffer)
            : await ReadJsonAsync(context, buffer);
    }

    private async Task<VideoBodyOutcome> ReadFormAsync(HttpContext context, string boundary, UploadBuffer picture)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var pictures = 0;
        var outcome = await UploadForm.ReadPartsAsync(context.Request, boundary, ReadPartAsync, context.RequestAborted);
        if (outcome is FormOutcome.TooLarge)
        {
            return Problem.BodyTooLarge(options.Value.MaxUploadBytes);
        }

        if (outcome is FormOutcome.Malformed)
        {
            return Problem.MalformedRequest("The multipart form is malformed.");
        }

        return pictures > 1
            ? VideoProblem.Invalid(VideoFields.Picture, OnePicture)
            : await AdmitAsync(context, picture, bytes =>
                new VideoBody(fields, PictureReference.Of(bytes, context.Request.Host)));

        async ValueTask<FormOutcome?> ReadPartAsync(string? name, Stream part)
        {
            if (name is not null && VideoFields.IsPicture(name))
            {
                var before = picture.Length;
                var end = await UploadForm.CopyAsync(part, MaxBody, picture, context.RequestAborted);
                if (end is FormOutcome.TooLarge)
                {
                    return end;
                }

                pictures += picture.Length > before ? 1 : 0;    // an empty field is none
            }
            else if (name is not null && VideoFields.IsField(name))
            {
                return await ReadFieldAsync(name, part, fields, context.RequestAborted);
            }

            return null;
        }
    }

    private async ValueTask<FormOutcome?> ReadFieldAsync(
        string name, Stream part, Dictionary<string, JsonElement> fields, CancellationToken cancellationToken)
    {
        await using var buffer = new UploadBuffer(media, headroom);
        if (await UploadForm.CopyAsync(part, MaxField, buffer, cancellationToken) is FormOutcome.TooLarge tooLarge)
        {
            return tooLarge;
        }

        var text = await buffer.ReadAsync(cancellationToken);
        fields.TryAdd(name, JsonSerializer.SerializeToElement(
            Encoding.UTF8.GetString(text.Span), OpenAiJson.Default.String));
        return null;
    }

    private async Task<VideoBodyOutcome> ReadJsonAsync(HttpContext context, UploadBuffer buffer)
    {
        if (await UploadForm.CopyAsync(context.Request.Body, MaxBody, buffer, context.RequestAborted) is FormOutcome.TooLarge)
        {
            return Problem.BodyTooLarge(MaxBody);
        }

        return await AdmitAsync(context, buffer, bytes => ReadJson(bytes, context.Request.Host));
    }

    /// <summary>Takes the memory for a large content before it is read back.</summary>
    private async Task<VideoBodyOutcome> AdmitAsync(
        HttpContext context, UploadBuffer buffer, Func<Memory<byte>, VideoBodyOutcome> read)
    {
        var lease = new PictureLease(limiter);
        var isKept = false;
        try
        {
            if (buffer.Length > UploadBuffer.InMemory && !await lease.EnterAsync(buffer.Length, context.RequestAborted))
            {
                return Problem.UploadsBusy(context.Response);
            }

            var outcome = read(await buffer.ReadAsync(context.RequestAborted));
            isKept = outcome.Body is not null;
            return isKept ? new VideoBodyOutcome(outcome.Body! with { Lease = lease }, null) : outcome;
        }
        finally
        {
            if (!isKept)
            {
                lease.Dispose();
            }
        }
    }

    private static VideoBodyOutcome ReadJson(Memory<byte> bytes, HostString origin)
    {
        var (document, problem) = JsonBody.Parse(bytes);
        if (document is null)
        {
            return problem!;
        }

        using (document)
        {
            var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            List<PictureReference> pictures = [];
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (VideoFields.IsField(property.Name))
                {
                    fields[property.Name] = property.Value.Clone();
                }
                else if (VideoFields.IsPicture(property.Name) && PictureReference.Of(property.Value, origin) is { } picture)
                {
                    pictures.Add(picture);
                }
            }

            return pictures.Count > 1
                ? VideoProblem.Invalid(VideoFields.Picture, OnePicture)
                : new VideoBody(fields, pictures.FirstOrDefault());
        }
    }
}
