using System.Net;
using System.Net.Http.Headers;
using System.Text;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Uploads;

public sealed class UploadTests
{
    [Theory]
    [InlineData("/upload-character")]
    [InlineData("/api/upload-character")]
    public async Task A_picture_is_stored_under_a_name_of_ours_and_served(string path)
    {
        await using var api = await ApiHost.StartAsync();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Client.Picture), "character", "me.jpg" } };

        using var response = await api.Client.PostAsync(path, form);

        var json = await response.JsonAsync();
        Assert.Equal(["imageUrl", "width", "height", "crops"], json.EnumerateObject().Select(property => property.Name));
        Assert.Matches(@"^/uploads/character_[0-9a-f]{32}\.jpg$", json.Text("imageUrl"));
        Assert.Equal(Client.Picture, await api.Client.GetByteArrayAsync(json.Text("imageUrl")));
    }

    [Fact]
    public async Task The_answer_has_the_size_and_the_part_that_each_shape_shows()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.UploadAsync(Client.Picture);

        // The stand-in for the decoder says 128 x 96, with the focus at a quarter of the width.
        var json = await response.JsonAsync();
        Assert.Equal((128, 96), (json.GetProperty("width").GetInt32(), json.GetProperty("height").GetInt32()));
        Assert.Equal(
            """
            {"1:1":{"left":0,"top":0,"width":96,"height":96},"16:9":{"left":0,"top":12,"width":128,"height":72},
            "9:16":{"left":5,"top":0,"width":54,"height":96},"4:3":{"left":0,"top":0,"width":128,"height":96},
            "3:4":{"left":0,"top":0,"width":72,"height":96},"21:9":{"left":0,"top":20,"width":128,"height":55}}
            """.ReplaceLineEndings(""),
            json.GetProperty("crops").GetRawText());
    }

    [Fact]
    public async Task A_picture_may_come_over_HTTP_2()
    {
        await using var api = await ApiHost.StartAsync(("Kestrel:EndpointDefaults:Protocols", "Http2"));
        api.Client.DefaultRequestVersion = HttpVersion.Version20;
        api.Client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;

        using var response = await api.Client.UploadAsync(Client.Picture);

        Assert.Equal((HttpVersion.Version20, HttpStatusCode.OK), (response.Version, response.StatusCode));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/octet-stream")]
    [InlineData("text/html")]
    public async Task The_type_that_a_client_declares_does_not_matter(string? type)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.UploadAsync(Client.Picture, type: type);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("form-data; name=\"character\"")]
    [InlineData("form-data; name=character; filename=a.jpg")]
    [InlineData("form-data; name=\"character\"; filename=\"../../etc/passwd\"")]
    [InlineData("form-data; name=\"character\"; filename=\"C:\\\\me\\\\\"quoted\".jpg\"")]
    [InlineData("form-data; name=\"character\"; filename=\"a; name=\"other\".jpg\"")]
    [InlineData("form-data; name=\"character\"; filename=\"\"; filename*=UTF-8''k%C3%A4se.jpg")]
    [InlineData("Form-Data;NAME=\"character\";filename=\"LONG\"")]
    public async Task The_file_name_that_a_client_declares_does_not_matter(string disposition)
    {
        await using var api = await ApiHost.StartAsync();

        var full = disposition.Replace("LONG", new string('x', 5000), StringComparison.Ordinal);
        using var response = await PostPartAsync(api, full);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Other_fields_before_the_picture_are_ignored()
    {
        await using var api = await ApiHost.StartAsync();
        using var form = new MultipartFormDataContent
        {
            { new StringContent("hello"), "note" },
            { new ByteArrayContent(Client.Picture), "character", "me.jpg" },
        };

        using var response = await api.Client.PostAsync("/upload-character", form);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_form_without_the_field_answers_422_and_names_it()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.UploadAsync(Client.Picture, field: "file");

        await response.InvalidAsync("character");
    }

    [Fact]
    public async Task What_is_no_picture_answers_400()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.UploadAsync("<script>alert(1)</script>"u8.ToArray());

        await response.ProblemAsync(HttpStatusCode.BadRequest, "not_an_image");
    }

    [Fact]
    public async Task An_empty_picture_answers_400()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.UploadAsync([]);

        await response.ProblemAsync(HttpStatusCode.BadRequest, "not_an_image");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    [InlineData(null)]
    public async Task What_is_no_form_answers_415(string? type)
    {
        await using var api = await ApiHost.StartAsync();
        var body = new ByteArrayContent(Client.Picture);
        body.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await api.Client.PostAsync("/upload-character", body);

        await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Theory]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"character\"\r\n\r\nhalf")]
    [InlineData("--b\r\nnonsense\r\n\r\n")]
    [InlineData("no boundary at all")]
    public async Task A_broken_form_answers_400(string body)
    {
        await using var api = await ApiHost.StartAsync();
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");

        using var response = await api.Client.PostAsync("/upload-character", content);

        await response.ProblemAsync(HttpStatusCode.BadRequest, "malformed_request");
    }

    [Fact]
    public async Task A_full_disk_answers_507()
    {
        await using var api = await ApiHost.StartAsync();
        api.Disk.HasRoom = false;

        using var response = await api.Client.UploadAsync(Client.Picture);

        await response.ProblemAsync(HttpStatusCode.InsufficientStorage, "storage_full");
    }

    private static async Task<HttpResponseMessage> PostPartAsync(ApiHost api, string disposition)
    {
        byte[] body =
        [
            .. Encoding.UTF8.GetBytes($"--b\r\nContent-Disposition: {disposition}\r\n\r\n"),
            .. Client.Picture,
            .. "\r\n--b--\r\n"u8,
        ];
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        return await api.Client.PostAsync("/upload-character", content);
    }
}
