namespace VideoGen.FakeComfy.Files;

/// <summary><c>POST /upload/image</c>, for pictures and everything else.</summary>
internal static class UploadEndpoint
{
    public static async Task<IResult> UploadAsync(HttpRequest request, ComfyFiles files)
    {
        if (!request.HasFormContentType)
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        if (form.Files["image"] is not { } file)
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content, request.HttpContext.RequestAborted);
        var type = form["type"] is [{ Length: > 0 } asked] ? asked : "input";
        var subfolder = form["subfolder"].ToString();
        var overwrite = form["overwrite"].ToString() is "true" or "1";
        return files.SaveUpload(type, subfolder, file.FileName, content.ToArray(), overwrite) is { } name
            ? Results.Json(new { name, subfolder, type })
            : Results.StatusCode(StatusCodes.Status400BadRequest);
    }
}
